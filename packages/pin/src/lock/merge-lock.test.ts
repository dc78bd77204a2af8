import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lock, LockEntry } from './lock.ts';
import { mergeLock } from './merge-lock.ts';

const digest = (character: string): string => `sha256:${character.repeat(64)}`;
const entry = (image: string, character: string): LockEntry => ({
  image: `docker.io/library/${image}`,
  digest: digest(character),
});
const lockOf = (...images: LockEntry[]): Lock => ({
  file: 'images.lock.yaml',
  settings: {},
  images,
});

const NGINX = entry('nginx:1.27', 'a');
const REDIS = entry('redis:7', 'b');

test('a new image is added in its place', () => {
  const { lock, changes, changed } = mergeLock(lockOf(REDIS), [NGINX]);
  expect(lock.images).toEqual([NGINX, REDIS]);
  expect(changed).toBe(true);
  expect(changes).toEqual([
    { change: 'added', image: NGINX.image, to: NGINX.digest },
    { change: 'unchanged', image: REDIS.image, from: REDIS.digest, to: REDIS.digest },
  ]);
});

test('an existing entry stays where it is, and the merge says that it could move', () => {
  const { lock, changes, changed } = mergeLock(lockOf(NGINX), [entry('nginx:1.27', 'c')]);
  expect(lock.images).toEqual([NGINX]);
  expect(changed).toBe(false);
  expect(changes[0]).toMatchObject({ change: 'kept', from: digest('a'), to: digest('c') });
});

test.each([
  ['all', true as const],
  ['its name and tag', ['docker.io/library/nginx:1.27']],
  ['its repository', ['docker.io/library/nginx']],
])('an existing entry moves when asked for by %s', (_, update) => {
  const { lock, changes } = mergeLock(lockOf(NGINX), [entry('nginx:1.27', 'c')], { update });
  expect(lock.images).toEqual([entry('nginx:1.27', 'c')]);
  expect(changes[0]?.change).toBe('updated');
});

test('another name does not move it', () => {
  const update = ['docker.io/library/ngin', 'docker.io/library/nginx:1.2'];
  const { changed } = mergeLock(lockOf(NGINX), [entry('nginx:1.27', 'c')], { update });
  expect(changed).toBe(false);
});

test('what is no longer named goes only when pruning', () => {
  const named = [NGINX.image];
  expect(mergeLock(lockOf(NGINX, REDIS), [], { named }).changed).toBe(false);
  const { lock, changes } = mergeLock(lockOf(NGINX, REDIS), [], { named, prune: true });
  expect(lock.images).toEqual([NGINX]);
  expect(changes).toContainEqual({ change: 'removed', image: REDIS.image, from: REDIS.digest });
});

const anyEntry = fc
  .tuple(fc.constantFrom('a:1', 'a:2', 'b:1', 'c:latest'), fc.constantFrom('a', 'b', 'c'))
  .map(([image, character]) => entry(image, character));
const anyEntries = fc.uniqueArray(anyEntry, { selector: ({ image }) => image });

test('merging twice is merging once, whatever the options', () => {
  const property = fc.property(
    anyEntries,
    anyEntries,
    fc.boolean(),
    fc.boolean(),
    (before, resolved, prune, moves) => {
      const options = { prune, ...(moves && { update: true as const }) };
      const once = mergeLock(lockOf(...before), resolved, options);
      const twice = mergeLock(once.lock, resolved, options);
      expect(twice.lock).toEqual(once.lock);
      expect(twice.changed).toBe(false);
    },
  );
  fc.assert(property);
});

test('the order in which images were resolved makes no difference', () => {
  const property = fc.property(anyEntries, anyEntries, (before, resolved) => {
    const forth = mergeLock(lockOf(...before), resolved);
    const back = mergeLock(lockOf(...before.toReversed()), resolved.toReversed());
    expect(back.lock.images).toEqual(forth.lock.images);
  });
  fc.assert(property);
});
