export { changesTable } from './changes-table.ts';
export { type ColorQuestion, wantsColor } from './color.ts';
export { findingsTable } from './findings-table.ts';
export { type FindingFormat, formatFinding } from './format-finding.ts';
export { formatScanSummary, formatSummary } from './format-summary.ts';
export { imagesTable } from './images-table.ts';
export {
  checkDocument,
  findDocument,
  formatJson,
  type JsonDocument,
  jsonDocument,
  lockDocument,
  pinDocument,
  renderDocument,
  resolveDocument,
} from './json-document.ts';
export type { ResolvedImage } from './resolved-image.ts';
export { resolvedTable } from './resolved-table.ts';
export { scanDocument } from './scan-document.ts';
export {
  type ImagesSummary,
  type LockSummary,
  type ResolveSummary,
  type Summary,
  summarizeChanges,
  summarizeImages,
  summarizeResolved,
} from './summary.ts';
export type { Layout } from './table.ts';
export { unknownReasons } from './unknown-reasons.ts';
