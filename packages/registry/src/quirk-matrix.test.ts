import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { QUIRKS, quirkTable } from './testing/quirk-matrix.ts';
import { testsIn } from './testing/tests-in.ts';

const page = new URL('../../../docs/registries.md', import.meta.url);
const begin = '<!-- quirks -->\n\n';
const end = '\n\n<!-- end -->';

test('every quirk is a test that exists', () => {
  for (const { file, test: name } of QUIRKS) {
    expect.soft(testsIn(file), file).toContain(name);
  }
});

test('every test of quirks and of registries in the field is in the matrix, once', () => {
  for (const file of ['quirks.test.ts', 'registries.test.ts']) {
    const listed = QUIRKS.filter((quirk) => quirk.file === file).map(({ test: name }) => name);
    expect(listed.toSorted()).toEqual(testsIn(file).toSorted());
  }
});

test('the documentation has the matrix as it is now', () => {
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const now = `${before}${begin}${quirkTable()}${end}${rest.split(end)[1] ?? ''}`;
  if (process.env.UPDATE_CASES === '1') writeFileSync(page, now);
  else expect(text, 'UPDATE_CASES=1 writes it; read the diff').toBe(now);
});
