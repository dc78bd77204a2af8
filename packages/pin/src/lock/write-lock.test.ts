import { writeFileSync } from 'node:fs';
import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@pindrift/testing';
import { run } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { formatLock } from './format-lock.ts';
import type { Lock, LockEntry } from './lock.ts';
import { mergeLock } from './merge-lock.ts';
import { readLock } from './read-lock.ts';
import type { WriteStep } from './replace-file.ts';
import { writeLock } from './write-lock.ts';

const digest = (character: string): string => `sha256:${character.repeat(64)}`;
const entry = (image: string, character: string): LockEntry => ({
  image: `docker.io/library/${image}`,
  digest: digest(character),
});
const NGINX = entry('nginx:1.27', 'a');
const PHP = entry('php:8', 'c');
const REDIS = entry('redis:7', 'b');

/** What every change here does: brings one entry in. */
const add =
  (...entries: LockEntry[]) =>
  (current: Lock = { file: '', settings: {}, images: [] }): Lock =>
    mergeLock(current, entries, { update: true }).lock;

const MODULES = new URL('.', import.meta.url).href;

/** A process of its own that adds one entry, and stops itself or is stopped at a step. */
function writer(
  path: string,
  entries: readonly LockEntry[],
  body = '',
): Promise<{ code: number | null; stderr: string }> {
  const script = `
    import { writeLock } from '${MODULES}write-lock.ts';
    import { mergeLock } from '${MODULES}merge-lock.ts';
    const empty = { file: '', settings: {}, images: [] };
    const change = (current = empty) => mergeLock(current, ${JSON.stringify(entries)}, { update: true }).lock;
    ${body === '' ? `await writeLock(${JSON.stringify(path)}, change);` : body}
  `;
  return run(process.execPath, ['--input-type=module', '-e', script], {});
}

test('a lock that is not there is made, and a second time nothing changes', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'images.lock.yaml');
  const first = await writeLock(path, add(REDIS, NGINX));
  expect(first.changed).toBe(true);
  expect(await readFile(path, 'utf8')).toBe(formatLock({ images: [NGINX, REDIS] }));
  expect((await writeLock(path, add(NGINX, REDIS))).changed).toBe(false);
  expect(await readdir(folder.path)).toEqual(['images.lock.yaml']);
});

test('a frozen lock is not written, and it is said that it would change', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'images.lock.yaml');
  const { changed, text } = await writeLock(path, add(NGINX), { frozen: true });
  expect(changed).toBe(true);
  expect(text).toContain(NGINX.digest);
  expect(await readdir(folder.path)).toEqual([]);
});

test('the mode stays, and a link stays a link', async () => {
  await using folder = await temporaryFolder();
  const target = await folder.write('real/target.yaml', formatLock({ images: [REDIS] }));
  await chmod(target, 0o640);
  const link = join(folder.path, 'images.lock.yaml');
  await symlink('real/target.yaml', link);
  await writeLock(link, add(NGINX));
  expect(await readFile(target, 'utf8')).toContain(NGINX.image);
  expect((await stat(target)).mode & 0o777).toBe(0o640);
  expect(await readdir(join(folder.path, 'real'))).toEqual(['target.yaml']);
});

test('a lock that does not parse is left as it is', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('images.lock.yaml', 'kind: ImageLock\n');
  await expect(writeLock(path, add(NGINX))).rejects.toMatchObject({ code: 'bad-lock' });
  expect(await readFile(path, 'utf8')).toBe('kind: ImageLock\n');
});

describe('a writer that is killed', () => {
  const steps: WriteStep[] = [
    'guarded',
    'read',
    'temporary-opened',
    'temporary-written',
    'temporary-synced',
    'renamed',
    'folder-synced',
    'released',
  ];

  test.each(steps)(
    'at the step %s leaves the old lock or the new one, and blocks nobody',
    async (step) => {
      await using folder = await temporaryFolder();
      const before = formatLock({ images: [REDIS] });
      const after = formatLock({ images: [NGINX, REDIS] });
      const path = await folder.write('images.lock.yaml', before);
      const killed = await writer(
        path,
        [NGINX],
        `await writeLock(${JSON.stringify(path)}, change, {
        onStep: (step) => step === '${step}' && process.kill(process.pid, 'SIGKILL'),
      });`,
      );
      expect(killed.code).not.toBe(0);
      const isNew = steps.indexOf(step) >= steps.indexOf('renamed');
      expect(await readFile(path, 'utf8')).toBe(isNew ? after : before);

      await writeLock(path, add(NGINX, PHP));
      expect(await readFile(path, 'utf8')).toBe(formatLock({ images: [NGINX, PHP, REDIS] }));
      expect(await readdir(folder.path)).toEqual(['images.lock.yaml']);
    },
  );
});

test('without room on the disk the old lock stays, whole', async () => {
  await using folder = await temporaryFolder();
  const before = formatLock({ images: [REDIS] });
  const path = await folder.write('images.lock.yaml', before);
  const many = Array.from({ length: 400 }, (_, index) => entry(`nginx:${index}`, 'a'));
  await folder.write('entries.json', JSON.stringify(many));
  const script = `
    import { readFileSync } from 'node:fs';
    import { writeLock } from '${MODULES}write-lock.ts';
    import { mergeLock } from '${MODULES}merge-lock.ts';
    process.on('SIGXFSZ', () => {});
    const entries = JSON.parse(readFileSync(${JSON.stringify(join(folder.path, 'entries.json'))}, 'utf8'));
    await writeLock(${JSON.stringify(path)}, (current) => mergeLock(current, entries).lock);
  `;
  const file = await folder.write('writer.mjs', script);
  // Blocks of 512 bytes in POSIX shells: no file may become larger than 16 KiB.
  const full = await run(
    '/bin/sh',
    ['-c', `ulimit -f 32; exec "$0" "$1"`, process.execPath, file],
    {},
  );
  expect(full.code).not.toBe(0);
  expect(full.stderr).toContain('could not be written');
  expect(await readFile(path, 'utf8')).toBe(before);
  expect((await readdir(folder.path)).toSorted()).toEqual([
    'entries.json',
    'images.lock.yaml',
    'writer.mjs',
  ]);
});

test('processes that write one lock at the same time lose no update', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'images.lock.yaml');
  const names = ['a:1', 'b:1', 'c:1', 'd:1'];
  const outcomes = await Promise.all(names.map((name) => writer(path, [entry(name, 'a')])));
  expect(outcomes.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(names.map(() => '0'));
  const lock = await readLock(await readFile(path, 'utf8'));
  expect(lock.images.map(({ image }) => image)).toEqual(
    names.map((name) => `docker.io/library/${name}`),
  );
  expect(await readdir(folder.path)).toEqual(['images.lock.yaml']);
});

test('an edit made meanwhile by something that knows no guard is read again', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('images.lock.yaml', formatLock({ images: [] }));
  let edits = 0;
  const onStep = (step: WriteStep): void => {
    if (step === 'read' && edits++ === 0) writeFileSync(path, formatLock({ images: [REDIS] }));
  };
  const { lock } = await writeLock(path, add(NGINX), { onStep });
  expect(lock.images).toEqual([NGINX, REDIS]);
  expect(await readFile(path, 'utf8')).toBe(formatLock({ images: [NGINX, REDIS] }));
});

test('a guard that is held too long is named', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('images.lock.yaml', formatLock({ images: [] }));
  await folder.write('.images.lock.yaml.guard', `${hostname()} ${process.pid} 0`);
  const busy = writeLock(path, add(NGINX), { patience: 30 });
  await expect(busy).rejects.toMatchObject({ code: 'busy' });
  await expect(busy).rejects.toThrow(/process \d+ on .*\.guard/);
});

test('a lock in which nothing changes waits for nobody, and touches nothing', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('images.lock.yaml', formatLock({ images: [NGINX] }));
  await folder.write('.images.lock.yaml.guard', `${hostname()} ${process.pid} 0`);
  const before = await stat(path);
  expect((await writeLock(path, add(NGINX), { patience: 0 })).changed).toBe(false);
  expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
});
