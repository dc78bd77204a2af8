import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editLock } from './edit-lock.ts';
import { formatLock } from './format-lock.ts';
import type { Lock, LockEntry } from './lock.ts';
import { mergeLock } from './merge-lock.ts';
import { readLock } from './read-lock.ts';

const digest = (character: string): string => `sha256:${character.repeat(64)}`;
const A = digest('a');
const B = digest('b');

async function edit(text: string, change: (lock: Lock) => Lock): Promise<string> {
  return editLock(text, change(await readLock(text)), 'images.lock.yaml');
}

const HAND = `# What we run. Ask Ada before you touch it.
apiVersion: pindrift.dev/v1alpha1
kind: ImageLock

spec:
    settings: {onMissing: keep}   # for now
    images:
    # the front
    - digest: "${A}"    # checked
      image: docker.io/library/nginx:1.27   # tls
      platforms: [linux/amd64]

    # the store
    - image: 'docker.io/library/redis:7'
      digest: ${A}
`;

const nginx = (fields: object): LockEntry => ({
  image: 'docker.io/library/nginx:1.27',
  digest: A,
  platforms: ['linux/amd64'],
  ...fields,
});
const redis: LockEntry = { image: 'docker.io/library/redis:7', digest: A };

test('a moved entry changes its digest and nothing else', async () => {
  const text = await edit(HAND, (lock) => ({ ...lock, images: [nginx({ digest: B }), redis] }));
  expect(text).toBe(HAND.replace(`"${A}"`, B));
});

test('a new field comes behind the last one of its entry', async () => {
  const more = { ...redis, mediaType: 'application/x' };
  const text = await edit(HAND, (lock) => ({ ...lock, images: [nginx({}), more] }));
  expect(text).toBe(`${HAND}      mediaType: application/x\n`);
});

test('a field that is gone takes its line along', async () => {
  const { platforms, ...bare } = nginx({});
  expect(platforms).toBeDefined();
  const text = await edit(HAND, (lock) => ({ ...lock, images: [bare, redis] }));
  expect(text).toBe(HAND.replace('      platforms: [linux/amd64]\n', ''));
});

test('a new entry comes in its place, before the comment of the next one', async () => {
  const php: LockEntry = { image: 'docker.io/library/php:8', digest: B };
  const text = await edit(HAND, (lock) => ({ ...lock, images: [...lock.images, php] }));
  const lines = `    - image: ${php.image}\n      digest: ${B}\n`;
  expect(text).toBe(HAND.replace('    # the store\n', `${lines}    # the store\n`));
});

test('a removed entry takes the comment directly above it along', async () => {
  const text = await edit(HAND, (lock) => ({ ...lock, images: [nginx({})] }));
  expect(text).toBe(HAND.slice(0, HAND.indexOf('    # the store')));
});

test('a list without order gets new entries at its end', async () => {
  const unsorted = HAND.replaceAll('nginx:1.27', 'zope:1');
  const php: LockEntry = { image: 'docker.io/library/php:8', digest: B };
  const text = await edit(unsorted, (lock) => ({ ...lock, images: [...lock.images, php] }));
  expect(text.startsWith(unsorted)).toBe(true);
});

test.each([
  ['an empty list', 'images: []  # none yet'],
  ['a list in brackets', `images: [{image: docker.io/library/redis:7, digest: ${A}}]`],
  ['no list', 'settings: {mode: locked}'],
])('%s takes entries, and comments stay', async (_, list) => {
  const text = `# top\napiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec:\n  ${list}\n`;
  const edited = await edit(text, (lock) => mergeLock(lock, [nginx({}), redis]).lock);
  expect(edited).toContain('# top');
  expect((await readLock(edited)).images).toEqual([nginx({}), redis]);
});

test('line breaks stay what they are, and a missing last one is no trouble', async () => {
  const text = HAND.replaceAll('\n', '\r\n').slice(0, -2);
  const wordpress: LockEntry = { image: 'docker.io/library/wordpress:6', digest: B };
  const edited = await edit(text, (lock) => ({ ...lock, images: [...lock.images, wordpress] }));
  expect(edited.startsWith(text)).toBe(true);
  expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
  expect((await readLock(edited)).images).toHaveLength(3);
});

test('a list of platforms in lines of its own changes without a loss around it', async () => {
  const text = HAND.replace('platforms: [linux/amd64]', 'platforms:\n      - linux/amd64 # big');
  const platforms = ['linux/amd64', 'linux/arm64'];
  const changed = await edit(text, (lock) => ({ ...lock, images: [nginx({ platforms }), redis] }));
  expect(changed).toBe(HAND.replace('[linux/amd64]', '[linux/amd64, linux/arm64]'));
  const { platforms: _, ...bare } = nginx({});
  const gone = await edit(text, (lock) => ({ ...lock, images: [bare, redis] }));
  expect(gone).toBe(HAND.replace('      platforms: [linux/amd64]\n', ''));
});

test('comments, order and line breaks stay where an entry stands in brackets', async () => {
  const front = `    # the front\n    - {image: "docker.io/library/nginx:1.27", digest: "${A}"} # tls\n`;
  const back = `    # the store\n    - image: docker.io/library/busybox:1 # small\n      digest: ${A}\n`;
  const head = HAND.slice(0, HAND.indexOf('    # the front'));
  const text = `${head}${front}${back}`.replaceAll('\n', '\r\n');
  const edited = await edit(text, (lock) => ({
    ...lock,
    images: lock.images.map((entry) => ({ ...entry, digest: B })),
  }));
  expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
  const comments = [...edited.matchAll(/#.*/g)].map(([comment]) => comment.trim());
  expect(comments).toEqual([...text.matchAll(/#.*/g)].map(([comment]) => comment.trim()));
  expect(edited.indexOf('nginx')).toBeLessThan(edited.indexOf('busybox'));
});

const anyEntry = fc.record(
  {
    image: fc.constantFrom('a:1', 'a:2', 'b:latest', 'c:3').map((name) => `ghcr.io/acme/${name}`),
    digest: fc.constantFrom(A, B),
    mediaType: fc.constantFrom('application/x', 'application/y'),
    platforms: fc.constantFrom(['linux/amd64'], ['linux/amd64', 'windows/amd64:10.0'], []),
  },
  { requiredKeys: ['image', 'digest'] },
);
const anyEntries = fc.uniqueArray(anyEntry, { selector: ({ image }) => image });

test('any lock becomes any other one, and reads back as it', async () => {
  const property = fc.asyncProperty(anyEntries, anyEntries, async (before, after) => {
    const text = formatLock({ images: before });
    const lock = await readLock(text);
    const edited = await editLock(text, { ...lock, images: after }, 'x');
    const read = await readLock(edited);
    const sorted = formatLock({ images: after });
    expect(formatLock(read)).toBe(sorted);
  });
  await fc.assert(property, { numRuns: 200 });
});

test('what is written reads back, and is written the same again', async () => {
  const property = fc.asyncProperty(anyEntries, async (images) => {
    const text = formatLock({ images });
    expect(formatLock(await readLock(text))).toBe(text);
  });
  await fc.assert(property);
});
