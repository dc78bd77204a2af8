import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { large, PROGRAM, resourceList, unpinned } from './testing/fixture.ts';

/** Several times what the pipes between two processes hold. */
const LARGE = large(5_000_000);

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

describe('stdout', () => {
  test('gets everything, however slowly it is read', async () => {
    const { code, stdout } = await run(process.execPath, [PROGRAM], { input: LARGE });
    expect(code).toBe(0);
    expect(unpinned(stdout)).toBe(LARGE.toString('latin1'));
  });

  test('is as it was when a second run has nothing to do', async () => {
    const once = await run(process.execPath, [PROGRAM], { input: LARGE });
    const twice = await run(process.execPath, [PROGRAM], { input: once.stdout });
    expect(twice.code).toBe(0);
    expect(twice.stdout.equals(once.stdout)).toBe(true);
  });

  test('that nobody reads any more is an exit code of 2, and is said', async () => {
    const child = spawn(process.execPath, [PROGRAM]);
    child.stdout.destroy();
    child.stdin.end(LARGE);
    const [{ code }, stderr] = await Promise.all([ended(child), text(child.stderr)]);
    expect(code).toBe(2);
    expect(stderr).toBe('pindrift-krm: stdout was closed before everything was written\n');
  });

  test('on a full disk is an exit code of 2, and is said', async ({ skip }) => {
    skip(!existsSync('/dev/full'), 'this system has no /dev/full');
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', full, 'pipe'] });
    closeSync(full);
    child.stdin?.end(LARGE);
    const [{ code }, stderr] = await Promise.all([ended(child), text(child.stderr!)]);
    expect(code).toBe(2);
    expect(stderr).toContain('stdout cannot be written: ENOSPC');
  });
});

describe('SIGTERM', () => {
  test('before the input is complete leaves stdout empty', async () => {
    const child = spawn(process.execPath, [PROGRAM]);
    child.stdin.write(LARGE.subarray(0, 1000));
    const stdout = buffer(child.stdout);
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await stdout).toHaveLength(0);
  });

  test('while the output is read lets it come whole, and still ends the process', async () => {
    const child = spawn(process.execPath, [PROGRAM]);
    child.stdin.end(LARGE);
    await new Promise((resolve) => child.stdout.once('readable', resolve));
    child.kill('SIGTERM');
    const stdout = buffer(child.stdout);
    expect(await ended(child)).toEqual({ code: null, signal: 'SIGTERM' });
    expect(unpinned(await stdout)).toBe(LARGE.toString('latin1'));
  });
});

describe('stdin', () => {
  test('that is closed is no ResourceList', async () => {
    const { code, stdout, stderr } = await run('sh', [
      '-c',
      'exec "$0" "$1" <&-',
      process.execPath,
      PROGRAM,
    ]);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('stdin is empty');
  });

  test('that is a folder cannot be read', async () => {
    const folder = openSync(workFolder(), 'r');
    const child = spawn(process.execPath, [PROGRAM], { stdio: [folder, 'pipe', 'pipe'] });
    closeSync(folder);
    const [{ code }, stderr] = await Promise.all([ended(child), text(child.stderr!)]);
    expect(code).toBe(2);
    expect(stderr).toContain('stdin cannot be read: EISDIR');
  });
});

describe('the report', () => {
  const missing = resourceList('ghcr.io/acme/api:2.0');

  test('holds what was found, and leaves nothing beside it', async () => {
    const folder = workFolder({ 'report.json': 'old' });
    const report = join(folder, 'report.json');
    const { code } = await run(process.execPath, [PROGRAM, '--report', report], { input: missing });
    expect(code).toBe(1);
    const written = JSON.parse(readFileSync(report, 'utf8')) as unknown;
    expect(written).toMatchObject({
      images: [{ text: 'ghcr.io/acme/api:2.0', kind: 'Deployment' }],
      findings: [{ code: 'not-locked', severity: 'error' }],
      summary: { images: 1, pinned: 0, unpinned: 1, errors: 1 },
      error: '',
    });
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('that cannot be written fails a render that could have been', async () => {
    const report = join(workFolder(), 'no/such/folder/report.json');
    const input = resourceList('nginx:1.27');
    const outcome = await run(process.execPath, [PROGRAM, '--report', report], { input });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toHaveLength(0);
    expect(outcome.stderr).toContain(report);
  });
});
