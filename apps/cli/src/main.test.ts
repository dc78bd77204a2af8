import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { image, startRegistry } from '@pindrift/testing';
import { run } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const NODE = process.execPath;

test('the program reads a folder and stdin, and ends with the exit code of its verb', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const found = await run(NODE, [MAIN, 'find'], { cwd: folder.path });
  expect(found).toMatchObject({ code: 0, stderr: '' });
  expect(String(found.stdout)).toContain('a.yaml:10:16  nginx');
  const input = deployment('b', 'redis');
  const checked = await run(NODE, [MAIN, 'check', '-'], { cwd: folder.path, input });
  expect(checked.code).toBe(1);
  expect(String(checked.stdout)).toContain('redis has no digest');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} while a registry is asked leaves the old lock and ends by the signal`, async () => {
    await using registry = await startRegistry();
    let asked: () => void = () => undefined;
    const question = new Promise<void>((resolve) => {
      asked = resolve;
    });
    registry.push('app', 'v1', image());
    registry.fault({
      does: () => {
        asked();
        return new Promise(() => undefined);
      },
    });
    const lock = `apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec:\n  images: []\n`;
    await using folder = await workFolder({
      'images.lock.yaml': lock,
      'a.yaml': deployment('a', registry.reference('app', 'v1')),
    });
    const child = spawn(NODE, [MAIN, 'lock'], {
      cwd: folder.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = text(child.stderr);
    await question;
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([null, signal]);
    expect(await said).toBe('pindrift: stopped\n');
    expect(await folder.read('images.lock.yaml')).toBe(lock);
  });
}

test('a reader that goes away ends the program quietly, and not with 0', async () => {
  const images = Array.from({ length: 20_000 }, (_, at) => `nginx:${at}`);
  await using folder = await workFolder({ 'a.yaml': deployment('a', ...images) });
  const child = spawn(NODE, [MAIN, 'find'], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = text(child.stderr);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect(code).toBe(2);
  expect(await said).toBe('');
});

test('find and --version load no registry client', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const hook = await folder.write(
    'hook.mjs',
    `import { registerHooks } from 'node:module';
registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) });`,
  );
  const loadedBy = async (...argv: readonly string[]): Promise<string> =>
    (await run(NODE, ['--import', hook, MAIN, ...argv], { cwd: folder.path })).stderr;
  const heavy = /undici|registry\/src\/create|node:(https?|tls|net)\n|\/yaml\/|semver|\/diff\//;
  expect(await loadedBy('find')).not.toMatch(heavy);
  expect(await loadedBy('--version')).not.toMatch(/pin\/src|documents\/src/);
  expect(await loadedBy('resolve', '127.0.0.1:1/a:b')).toMatch(heavy);
});
