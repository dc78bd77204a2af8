import type { Finding } from '@pindrift/pin';
import { expect, test } from 'vitest';
import { unknownReasons } from './unknown-reasons.ts';

const finding = (code: Finding['code'], line: number): Finding => ({
  code,
  severity: 'error',
  message: `a.yaml:${line}:1: Pod web: ghcr.io: could not resolve: too many requests`,
  help: 'pindrift doctor',
  file: 'a.yaml',
  line,
  column: 1,
  document: 0,
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: '',
  name: 'web',
  path: '',
  text: '',
  reference: undefined,
});

test('what is not known is told with its reason, and nothing else is', () => {
  expect(unknownReasons([finding('unpinned', 1), finding('unresolvable', 2)])).toBe(
    'a.yaml:2:1: error: unresolvable: Pod web: ghcr.io: could not resolve: too many requests\n',
  );
  expect(unknownReasons([finding('stale', 1)])).toBe('');
});

test('of many only the first are told, and how many more there are', () => {
  const lines = unknownReasons(
    Array.from({ length: 20 }, (_, at) => finding('unreadable', at + 1)),
  );
  expect(lines.split('\n')).toHaveLength(8 + 1 + 1);
  expect(lines).toContain('… and 12 more; see --format json\n');
});
