import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.ts';
import { workFolder } from './work-folder.ts';

const BLOCK = /^```(?:yaml (?<file>\S+)|console)\n(?<content>[\s\S]*?)^```$/gm;

/**
 * Plays a README in a folder of its own and returns it with what its commands print now, so that a
 * test can hold one against the other. A block that begins with ```` ```yaml NAME ```` is written to
 * that file; in a ```` ```console ```` block, the lines behind `$ ` are run by `sh`, both streams shown.
 */
export async function playSessions(
  readme: URL,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly was: string; readonly is: string }> {
  const was = readFileSync(readme, 'utf8');
  const folder = workFolder();
  let is = was;
  for (const { 0: block, groups = {} } of was.matchAll(BLOCK)) {
    const { file, content = '' } = groups;
    if (file === undefined) is = is.replace(block, await playBlock(content, folder, env));
    else write(join(folder, file), content);
  }
  return { was, is };
}

async function playBlock(
  content: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const lines = ['```console'];
  for (const line of content.split('\n').filter((line) => line.startsWith('$ '))) {
    const { stdout } = await run('sh', ['-c', `{ ${line.slice(2)}; } 2>&1`], { cwd, env });
    lines.push(
      line,
      ...stdout.toString().replaceAll(cwd, '/home/you/web').trimEnd().split('\n').filter(Boolean),
    );
  }
  return [...lines, '```'].join('\n');
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
