import { expect, test } from 'vitest';
import { readLock } from './read-lock.ts';

const HEX = 'a'.repeat(64);

function lock(entries: string): string {
  return `apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nmetadata:\n  name: images\nspec:\n  images:\n${entries}`;
}

const message = async (text: string): Promise<string> =>
  readLock(text, { file: 'images.lock.yaml' }).then(
    () => 'no error',
    (error: Error) => `${(error as { code?: string } & Error).code}\n${error.message}`,
  );

test('entries are sorted, however they stand in the file', async () => {
  const text = lock(
    `  - image: quay.io/b/b:1\n    digest: sha256:${HEX}\n  - {image: "docker.io/library/a:1", digest: "sha256:${HEX}"}\n`,
  );
  const { images, file, settings } = await readLock(text, { file: 'x.yaml' });
  expect(images.map(({ image }) => image)).toEqual(['docker.io/library/a:1', 'quay.io/b/b:1']);
  expect([file, settings]).toEqual(['x.yaml', {}]);
});

test('an unknown key is refused with the nearest known one, and without its value', async () => {
  expect(
    await message(lock(`  - image: a.b/c:1\n    digst: hunter2\n    digest: sha256:${HEX}\n`)),
  ).toBe(`bad-lock
images.lock.yaml:8:5: spec.images[0].digst: unknown key; did you mean digest?
  8 |     digst…
          ^`);
});

test('a key that is near none lists those there are', async () => {
  const text = `${lock(`  - image: a.b/c:1\n    digest: sha256:${HEX}\n`)}extra: 1\n`;
  expect(await message(text)).toContain(
    'extra: unknown key; known are apiVersion, kind, metadata, spec',
  );
});

test.each([
  [
    'a familiar name',
    'image: nginx:1.27',
    'must be written as the canonical docker.io/library/nginx:1.27',
  ],
  ['no tag', 'image: quay.io/a/b', 'must be written as the canonical quay.io/a/b:latest'],
  ['a digest in the name', `image: a.b/c:1@sha256:${HEX}`, 'must not hold a digest'],
  ['no reference', 'image: A b', 'is no image reference'],
])('an entry with %s is refused where it stands', async (_, image, reason) => {
  const said = await message(lock(`  - ${image}\n    digest: sha256:${HEX}\n`));
  expect(said).toContain('images.lock.yaml:7:12: spec.images[0].image: ');
  expect(said).toContain(reason);
});

test('a digest that is none is refused', async () => {
  expect(await message(lock('  - image: a.b/c:1\n    digest: sha256:abc\n'))).toContain(
    'images.lock.yaml:8:13: spec.images[0].digest: is no digest',
  );
});

test('an image may have one entry only', async () => {
  const entry = `  - image: a.b/c:1\n    digest: sha256:${HEX}\n`;
  expect(await message(lock(entry + entry))).toContain(
    'images.lock.yaml:9:12: spec.images[1].image: a.b/c:1 has an entry already, spec.images[0]',
  );
});

test.each([
  ['no YAML', 'a: [', 'images.lock.yaml:1:'],
  [
    'a duplicate key',
    'kind: ImageLock\nspec: {}\nspec: {}\n',
    'images.lock.yaml:3:1: Map keys must be unique',
  ],
  ['empty', '# nothing\n', 'there is nothing in it'],
  ['two documents', 'a: 1\n---\nb: 2\n', 'holds 2 documents'],
  ['a list', '- 1\n', 'images.lock.yaml:1:1: must be a mapping, not a list'],
  ['another kind', 'apiVersion: v1\nkind: Pod\nspec: {}\n', 'kind: must be ImageLock'],
])('a file with %s says so', async (_, text, reason) => {
  expect(await message(text)).toContain(reason);
});

test('many problems do not drown the first', async () => {
  const said = await message(lock(Array(9).fill('  - image: nginx\n    digest: x\n').join('')));
  expect(said.match(/images\.lock\.yaml:/g)).toHaveLength(5);
  expect(said).toMatch(/and \d+ more$/);
});

test.each([
  ['an alias without an anchor', '  - *entry\n'],
  [
    'aliases that expand beyond measure',
    `  - &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, at) => `  - &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]\n`).join('')}`,
  ],
])('%s is refused, and the file is named', async (_, entries) => {
  expect(await message(lock(entries))).toMatch(/^bad-lock\nimages\.lock\.yaml: /);
});

test('a merge conflict is called that, where it begins', async () => {
  const text = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
spec:
  images:
<<<<<<< HEAD
  - image: docker.io/library/nginx:1.27
=======
>>>>>>> other
`;
  await expect(readLock(text)).rejects.toThrow(
    'images.lock.yaml:5:1: the lock has a merge conflict: ',
  );
});
