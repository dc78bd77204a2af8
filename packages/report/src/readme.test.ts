import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsTable, formatFinding } from './index.ts';
import { UNPINNED } from './testing/unpinned.ts';

test('the example of the README says what happens', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const source = 'a\nb\n  - image: nginx:1.27\n';
  expect(readme).toContain(commented(formatFinding(UNPINNED, { source })));
  expect(readme).toContain(commented(findingsTable([UNPINNED], { width: 80 })));
});

function commented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '// ').replaceAll(/^\n/gm, '//\n');
}
