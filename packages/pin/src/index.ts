export { type TextContent, textContent } from '@pindrift/documents';
export { lockKey } from './canonical.ts';
export { exitCode } from './findings/exit-code.ts';
export { type FailOn, failOnName, failOnNames } from './findings/fail-on.ts';
export { fileFinding } from './findings/file-finding.ts';
export type { Finding, FindingCode, Severity } from './findings/finding.ts';
export {
  consequence,
  FINDING_CODES,
  findingCode,
} from './findings/finding-codes.ts';
export { findingOf, type Remark } from './findings/finding-of.ts';
export { isFullVersion } from './findings/full-version.ts';
export { shellWord, wholePath } from './findings/shell.ts';
export type { Format } from './formats/format.ts';
export { FORMATS } from './formats/formats.ts';
export { compileRules, hasExpired } from './ignore.ts';
export { entryOccurrence } from './lock/entry-occurrence.ts';
export { type EntryPlace, entryPlaces } from './lock/entry-places.ts';
export { formatLock } from './lock/format-lock.ts';
export {
  entryFor,
  type Lock,
  type LockEntry,
  type Settings,
} from './lock/lock.ts';
export {
  type LockChange,
  type MergeOptions,
  mayMove,
  mergeLock,
} from './lock/merge-lock.ts';
export { type FunctionConfig, readFunctionConfig } from './lock/read-function-config.ts';
export { readLock } from './lock/read-lock.ts';
export { replaceFile } from './lock/replace-file.ts';
export {
  readLockFile,
  writeLock,
} from './lock/write-lock.ts';
export type { PinContext, PinnedImage, PinResult, Resolve } from './pin-context.ts';
export { PinError, type PinErrorCode } from './pin-error.ts';
export { checkText, pinText } from './pin-text.ts';
export { readRecord, recordImages } from './record-images.ts';
