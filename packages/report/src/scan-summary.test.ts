import type { ScanSummary } from '@pindrift/scan';
import { expect, test } from 'vitest';
import { formatScanSummary } from './scan-summary.ts';

const NOTHING: ScanSummary = {
  files: 0,
  images: 0,
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
    'no images in no files; stopped before 2 files and 1 question',
    { left: { files: 2, questions: 1 } },
  ],
])('a scan says %j', (line, summary: Partial<ScanSummary>) => {
  expect(formatScanSummary({ ...NOTHING, ...summary })).toBe(`${line}\n`);
});
