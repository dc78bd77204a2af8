import type { Finding, FindingCode, Severity } from '@pindrift/pin';
import type { ImageState } from './case.ts';
import type { Resolution } from './resolve.ts';

/** The counts of one scan. */
export interface ScanSummary {
  readonly files: number;
  /** Every image is counted once: the sum of `states`. */
  readonly images: number;
  /** Those of the images that are entries of a lock. */
  readonly entries: number;
  readonly states: Readonly<Record<ImageState, number>>;
  /** Unique tags and digests that were asked about. */
  readonly asked: { readonly tags: number; readonly digests: number };
  /** Files not read and questions not asked, as the scan was stopped. */
  readonly left: Left;
  readonly severities: Readonly<Record<Severity, number>>;
  /** In alphabetical order, where there are any. */
  readonly codes: Readonly<Partial<Record<FindingCode, number>>>;
}

export interface Left {
  readonly files: number;
  readonly questions: number;
}

export interface Summarized {
  readonly images: readonly { readonly state: ImageState; readonly finder: string }[];
  readonly findings: readonly Finding[];
  readonly extracted: { readonly files: number };
  readonly resolution: Pick<Resolution, 'asked'>;
  readonly left: Left;
}

export function summarize(scanned: Summarized): ScanSummary {
  const { images, findings, extracted, resolution, left } = scanned;
  const states = {
    current: 0,
    settling: 0,
    behind: 0,
    unpinned: 0,
    gone: 0,
    unknown: 0,
    ignored: 0,
  };
  for (const { state } of images) states[state]++;
  const severities = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) severities[severity]++;
  const codes: Partial<Record<FindingCode, number>> = {};
  for (const code of findings.map((finding) => finding.code).sort()) {
    codes[code] = (codes[code] ?? 0) + 1;
  }
  const { asked } = resolution;
  const { files } = extracted;
  const entries = images.filter(({ finder }) => finder === 'lock').length;
  const counted = { files, images: images.length, entries };
  return { ...counted, states, asked, left, severities, codes };
}
