import type { ScanSummary } from '@pindrift/scan';
import { expect, test } from 'vitest';
import { formatScanSummary, formatSummary } from './index.ts';

const none = { errors: 0, warnings: 0, infos: 0, codes: {} };

test.each([
  [{ images: 0, pinned: 0, mismatched: 0, unpinned: 0, ignored: 0, ...none }, 'no images'],
  [{ images: 1, pinned: 1, mismatched: 0, unpinned: 0, ignored: 0, ...none }, '1 image: 1 pinned'],
  [
    {
      images: 9,
      pinned: 6,
      mismatched: 0,
      unpinned: 2,
      ignored: 1,
      ...none,
      errors: 2,
      warnings: 1,
      infos: 3,
    },
    '9 images: 6 pinned, 2 unpinned, 1 ignored; 2 errors, 1 warning, 3 infos',
  ],
  [{ images: 2, resolved: 1, ...none, errors: 1 }, '2 images: 1 resolved; 1 error'],
  [{ images: 2, resolved: 0, ...none }, '2 images'],
  [
    { added: 2, updated: 1, removed: 0, unchanged: 40, kept: 0, ...none },
    'lock: 2 added, 1 updated, 40 unchanged',
  ],
  [{ added: 0, updated: 0, removed: 0, unchanged: 0, kept: 0, ...none }, 'the lock is empty'],
])('%j is said as %j', (summary, line) => {
  expect(formatSummary(summary)).toBe(`${line}\n`);
});

const NOTHING: ScanSummary = {
  files: 0,
  images: 0,
  entries: 0,
  states: { current: 0, settling: 0, behind: 0, unpinned: 0, gone: 0, unknown: 0, ignored: 0 },
  asked: { tags: 0, digests: 0 },
  left: { files: 0, questions: 0 },
  severities: { error: 0, warning: 0, info: 0 },
  codes: {},
};

test.each([
  ['no images in no files', {}],
  ['no images in 1 file', { files: 1 }],
  [
    '3 images in 2 files: 2 current, 1 gone; 1 error, 2 warnings',
    {
      files: 2,
      images: 3,
      states: { ...NOTHING.states, current: 2, gone: 1 },
      severities: { error: 1, warning: 2, info: 0 },
    },
  ],
  [
    '1 image and 2 entries of a lock in 2 files: 3 current',
    { files: 2, images: 3, entries: 2, states: { ...NOTHING.states, current: 3 } },
  ],
  [
    'no images in no files; stopped before 2 files and 1 question',
    { left: { files: 2, questions: 1 } },
  ],
])('a scan says %j', (line, summary: Partial<ScanSummary>) => {
  expect(formatScanSummary({ ...NOTHING, ...summary })).toBe(`${line}\n`);
});
