export { type TextContent, textContent } from '@pindrift/documents';
export { lockKey } from './canonical.ts';
export type { Config, CredentialsConfig, RegistryConfig } from './config/config.ts';
export { registryKeys } from './config/config-shape.ts';
export { type FieldRule, fieldsShape } from './config/field-rule.ts';
export { type IgnoreRule, ignoresShape } from './config/ignore-rule.ts';
export {
  CONFIG_FILE,
  LOCK_FILE,
  type LoadConfigOptions,
  loadConfig,
  readConfig,
} from './config/load-config.ts';
export { type RegistrySettings, registrySettings } from './config/registry-settings.ts';
export { type ExitCodeOptions, exitCode } from './findings/exit-code.ts';
export { type FailOn, failOnName, failOnNames } from './findings/fail-on.ts';
export { fileFinding } from './findings/file-finding.ts';
export type { Finding, FindingCode, Severity } from './findings/finding.ts';
export {
  consequence,
  FINDING_CODES,
  type FindingExplanation,
  findingCode,
} from './findings/finding-codes.ts';
export { findingOf, type Remark } from './findings/finding-of.ts';
export { isFullVersion } from './findings/full-version.ts';
export { shellWord, wholePath } from './findings/shell.ts';
export type { Format, Imported, Skipped } from './formats/format.ts';
export { FORMATS } from './formats/formats.ts';
export { compileRules, type Exemption, hasExpired, type RuleLookup } from './ignore.ts';
export { entryOccurrence } from './lock/entry-occurrence.ts';
export { type EntryPlace, entryPlaces } from './lock/entry-places.ts';
export { formatLock } from './lock/format-lock.ts';
export {
  entryFor,
  type Lock,
  type LockEntry,
  type LockMetadata,
  type Mode,
  type OnMissing,
  type Settings,
} from './lock/lock.ts';
export {
  type LockChange,
  type MergedLock,
  type MergeOptions,
  mayMove,
  mergeLock,
} from './lock/merge-lock.ts';
export { type FunctionConfig, readFunctionConfig } from './lock/read-function-config.ts';
export { type ReadLockOptions, readLock } from './lock/read-lock.ts';
export { type ReplaceOptions, replaceFile, type WriteStep } from './lock/replace-file.ts';
export {
  readLockFile,
  type WriteLockOptions,
  type WrittenLock,
  writeLock,
} from './lock/write-lock.ts';
export type { PinContext, PinnedImage, PinResult, Resolve } from './pin-context.ts';
export { PinError, type PinErrorCode } from './pin-error.ts';
export { checkText, pinText } from './pin-text.ts';
export { readPlain } from './plain-value.ts';
export { type Recorded, readRecord, recordImages } from './record-images.ts';
export { readFile, readLockText } from './render/read-file.ts';
export { readStdin } from './render/read-stdin.ts';
export {
  type RenderInput,
  type RenderOptions,
  type RenderSettings,
  render,
} from './render/render.ts';
export { runProgram, say } from './render/run-program.ts';
export { refuse } from './shape/refuse.ts';
export { listOf, mapping, problemsOf, type Shape, textThat } from './shape/shape.ts';
