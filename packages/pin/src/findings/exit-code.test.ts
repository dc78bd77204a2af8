import { expect, test } from 'vitest';
import { exitCode } from './exit-code.ts';
import type { Finding, FindingCode, Severity } from './finding.ts';
import { FINDING_CODES, findingCode } from './finding-codes.ts';

function finding(code: FindingCode, severity: Severity = FINDING_CODES[code].severity): Finding {
  return { code, severity } as Finding;
}

test('nothing to report is 0', () => {
  expect(exitCode([])).toBe(0);
  expect(exitCode([finding('stale', 'warning'), finding('platform-pinned', 'info')])).toBe(0);
});

test('an error is 1, and something unknown is 2 and wins', () => {
  expect(exitCode([finding('unpinned')])).toBe(1);
  expect(exitCode([finding('unresolvable')])).toBe(2);
  expect(exitCode([finding('unpinned'), finding('unreadable'), finding('stale')])).toBe(2);
});

test('what was kept on purpose does not fail', () => {
  expect(exitCode([finding('not-locked', 'warning'), finding('unresolvable', 'warning')])).toBe(0);
});

test.each([
  [['warning'] as const, 'stale', 'warning', 1],
  [['info'] as const, 'platform-pinned', 'info', 1],
  [['stale'] as const, 'stale', 'warning', 1],
  [['stale'] as const, 'unpinned', 'error', 0],
  [['stale'] as const, 'unresolvable', 'error', 2],
  [['none'] as const, 'unpinned', 'error', 0],
  [['none'] as const, 'unresolvable', 'error', 2],
  [['warning'] as const, 'unresolvable', 'warning', 2],
] as const)('--fail-on %s with %s as %s is %i', (failOn, code, severity, exit) => {
  expect(exitCode([finding(code, severity)], { failOn })).toBe(exit);
});

test('every code says what it means and how to mend it, in whole sentences', () => {
  for (const [code, { title, meaning, fix }] of Object.entries(FINDING_CODES)) {
    expect(findingCode(code)).toBe(code);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [meaning, fix]) expect(text).toMatch(/^[A-Z`].*\.$/s);
  }
  expect(findingCode('toString')).toBeUndefined();
});
