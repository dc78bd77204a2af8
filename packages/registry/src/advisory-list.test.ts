import { expect, test } from 'vitest';
import { ADVISORIES } from './testing/advisories.ts';
import { testsIn } from './testing/tests-in.ts';

test('every advisory is held by tests that exist', () => {
  for (const { id, tests } of ADVISORIES) {
    const held = Object.entries(tests);
    expect.soft(held.flatMap(([, names]) => names).length, id).toBeGreaterThan(0);
    for (const [file, names] of held) {
      for (const name of names) expect.soft(testsIn(file), `${id} in ${file}`).toContain(name);
    }
  }
});

test('every test made for an advisory is in the list', () => {
  const listed = new Set(ADVISORIES.flatMap(({ tests }) => tests['advisories.test.ts'] ?? []));
  const others = testsIn('advisories.test.ts').filter((name) => !listed.has(name));
  expect(others).toEqual([
    'a redirect by %d is none',
    'a referrer whose digest was forged on the way is refused when it is read',
  ]);
});
