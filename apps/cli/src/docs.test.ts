import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { image, index, startRegistry, type TestRegistry } from '@pindrift/testing';
import { run } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { type WorkFolder, workFolder } from './testing/folder.ts';

const PAGES = [
  join(import.meta.dirname, '../../../docs/cli.md'),
  join(import.meta.dirname, '../README.md'),
];
const MAIN = join(import.meta.dirname, 'main.ts');

/** As long as `localhost:` and a port of five digits, so that tables are as wide. */
const SHOWN_HOST = 'images.acme.com';

const CONSOLE = '```console\n';
const END = '```';

/** A file to write, a tag to move, or commands with what they print. */
const STEP =
  /```yaml (?<file>\S+)\n(?<content>[\s\S]*?)```|<!-- move (?<name>\S+):(?<tag>\S+) -->|```console\n(?<session>[\s\S]*?)```/g;

function layers(...names: readonly string[]): ReturnType<typeof index> {
  return index(
    ['linux/amd64', 'linux/arm64'].map((platform) => image({ platform, layers: names })),
  );
}

async function startShop(): Promise<TestRegistry> {
  const registry = await startRegistry();
  for (const tag of ['1.4.0', '1.4.1', '1.4.2', 'latest'])
    registry.push('shop/web', tag, layers(tag));
  registry.push('shop/cache', '7', layers('cache'));
  const artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  registry.push('shop/web', undefined, image({ subject: layers('1.4.1'), artifactType }));
  return registry;
}

/** Runs the commands of a session one after the other and returns it with what they print now. */
async function play(session: string, folder: WorkFolder, host: string): Promise<string> {
  const commands = session.split('\n').filter((line) => line.startsWith('$ '));
  const parts: string[] = [];
  for (const command of commands) {
    const typed = command.slice(2).replaceAll(SHOWN_HOST, host);
    const env = { PATH: `${folder.path}/.bin:${process.env.PATH}`, HOME: folder.path };
    const { stdout } = await run('bash', ['-c', `exec 2>&1; ${typed}`], {
      cwd: folder.path,
      env,
    });
    parts.push(`${command}\n${String(stdout).replaceAll(host, SHOWN_HOST)}`);
  }
  return parts.join('');
}

for (const page of PAGES) {
  test(`${page.split('/').slice(-2).join('/')}: every command prints what stands there`, async () => {
    await using registry = await startShop();
    await using folder = await workFolder({
      '.bin/pindrift': `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`,
    });
    await run('chmod', ['+x', join(folder.path, '.bin/pindrift')]);
    const host = `localhost:${registry.port}`;
    const text = await readFile(page, 'utf8');
    const parts: string[] = [];
    let end = 0;
    for (const { groups = {}, 0: block, index: at } of text.matchAll(STEP)) {
      const { file, content = '', name = '', tag, session } = groups;
      if (file !== undefined) await folder.write(file, content.replaceAll(SHOWN_HOST, host));
      if (tag !== undefined) registry.move(name, tag, layers('pushed again'));
      const shown =
        session === undefined ? block : `${CONSOLE}${await play(session, folder, host)}${END}`;
      parts.push(text.slice(end, at), shown);
      end = at + block.length;
    }
    const now = parts.join('') + text.slice(end);
    if (process.env.UPDATE_CASES === '1') await writeFile(page, now);
    else expect(now).toBe(text);
  }, 120_000);
}
