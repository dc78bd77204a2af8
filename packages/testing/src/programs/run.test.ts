import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { workFolder } from './work-folder.ts';

const COPY = 'process.stdin.pipe(process.stdout)';

test('what goes in comes out, byte for byte', async () => {
  const input = Buffer.from([0, 255, 10, 13]);
  const { code, stdout } = await run(process.execPath, ['-e', COPY], { input });
  expect(code).toBe(0);
  expect(stdout).toEqual(input);
});

test('a failure is an outcome, with what was said about it', async () => {
  const script = 'console.error(process.env.WHY); process.exitCode = 3';
  const outcome = await run(process.execPath, ['-e', script], { env: { WHY: 'because' } });
  expect(outcome).toMatchObject({ code: 3, signal: null, stderr: 'because\n' });
});

test('a program that does not exist cannot be run', async () => {
  await expect(run('/no/such/program', [])).rejects.toThrow('ENOENT');
});

test('a work folder holds the files it was given, in folders of their own', () => {
  const folder = workFolder({ 'a.txt': 'a', 'b/c.txt': 'c' });
  expect(readFileSync(join(folder, 'b/c.txt'), 'utf8')).toBe('c');
});
