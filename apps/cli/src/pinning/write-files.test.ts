import { mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { type ChangedFile, writeFiles } from './write-files.ts';

function change(file: string, before: string, after: string): ChangedFile {
  return { file, before: Buffer.from(before), after: Buffer.from(after) };
}

test('every file is replaced, and nothing else is left in the folder', async () => {
  await using folder = await workFolder({ 'a.yaml': 'a', 'b.yaml': 'b' });
  await writeFiles([change('a.yaml', 'a', 'A'), change('b.yaml', 'b', 'B')], folder.path);
  expect(await folder.read('a.yaml')).toBe('A');
  expect(await folder.read('b.yaml')).toBe('B');
  expect(await readdir(folder.path)).toEqual(['a.yaml', 'b.yaml']);
});

test('a file that somebody changed meanwhile leaves all as they are', async () => {
  await using folder = await workFolder({ 'a.yaml': 'a', 'b.yaml': 'newer' });
  const changes = [change('a.yaml', 'a', 'A'), change('b.yaml', 'b', 'B')];
  await expect(writeFiles(changes, folder.path)).rejects.toThrow(
    'b.yaml: it changed while it was being pinned; run this again; nothing was written',
  );
  expect(await folder.read('a.yaml')).toBe('a');
  expect(await folder.read('b.yaml')).toBe('newer');
});

test('a file that is gone leaves all as they are', async () => {
  await using folder = await workFolder({ 'a.yaml': 'a' });
  const changes = [change('a.yaml', 'a', 'A'), change('b.yaml', 'b', 'B')];
  await expect(writeFiles(changes, folder.path)).rejects.toThrow('nothing was written');
  expect(await folder.read('a.yaml')).toBe('a');
});

test('a link stays a link, and what it names is replaced', async () => {
  await using folder = await workFolder({ 'real/a.yaml': 'a' });
  await mkdir(join(folder.path, 'k8s'));
  await symlink('../real/a.yaml', join(folder.path, 'k8s/a.yaml'));
  await writeFiles([change('k8s/a.yaml', 'a', 'A')], folder.path);
  expect(await readlink(join(folder.path, 'k8s/a.yaml'))).toBe('../real/a.yaml');
  expect(await folder.read('real/a.yaml')).toBe('A');
});
