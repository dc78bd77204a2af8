import type { Finding, FindingCode, LockChange, PinnedImage } from '@pindrift/pin';
import type { ResolvedImage } from './resolved-image.ts';

/** How many findings there are: by severity, and by code, where there are any. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** In alphabetical order. */
  readonly codes: Readonly<Partial<Record<FindingCode, number>>>;
}

/** Every image is counted once: `images` is the sum of the four that follow. */
export interface ImagesSummary extends FindingCounts {
  readonly images: number;
  readonly pinned: number;
  /** Has a digest, and the lock names another one. */
  readonly mismatched: number;
  readonly unpinned: number;
  readonly ignored: number;
}

export interface LockSummary extends FindingCounts {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly kept: number;
}

export interface ResolveSummary extends FindingCounts {
  readonly images: number;
  readonly resolved: number;
}

export type Summary = ImagesSummary | LockSummary | ResolveSummary;

export function summarizeImages(
  images: readonly PinnedImage[],
  findings: readonly Finding[],
): ImagesSummary {
  const count = (...outcomes: readonly PinnedImage['outcome'][]): number =>
    images.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const contradicted = new Set(findings.filter(({ code }) => code === 'mismatch').map(placeOf));
  const mismatched = images.filter(
    (image) => image.outcome === 'already' && contradicted.has(placeOf(image)),
  ).length;
  return {
    images: images.length,
    pinned: count('pinned', 'moved', 'already') - mismatched,
    mismatched,
    unpinned: count('kept'),
    ignored: count('ignored'),
    ...countFindings(findings),
  };
}

function placeOf({ file, line, column, text }: Finding | PinnedImage): string {
  return JSON.stringify([file, line, column, text]);
}

export function summarizeChanges(
  changes: readonly LockChange[],
  findings: readonly Finding[],
): LockSummary {
  const count = (kind: LockChange['change']): number =>
    changes.filter(({ change }) => change === kind).length;
  return {
    added: count('added'),
    updated: count('updated'),
    removed: count('removed'),
    unchanged: count('unchanged'),
    kept: count('kept'),
    ...countFindings(findings),
  };
}

export function summarizeResolved(
  images: readonly ResolvedImage[],
  findings: readonly Finding[],
): ResolveSummary {
  const resolved = images.filter(({ digest }) => digest !== undefined).length;
  return { images: images.length, resolved, ...countFindings(findings) };
}

function countFindings(findings: readonly Finding[]): FindingCounts {
  const codes: Partial<Record<FindingCode, number>> = {};
  for (const code of findings.map((finding) => finding.code).sort()) {
    codes[code] = (codes[code] ?? 0) + 1;
  }
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info'), codes };
}
