export { lockKey } from './canonical.ts';
export type { Config, CredentialsConfig, RegistryConfig } from './config.ts';
export { registriesShape } from './config-shape.ts';
export { type ExitCodeOptions, exitCode } from './exit-code.ts';
export { type FieldRule, fieldsShape } from './field-rule.ts';
export type { Finding, FindingCode, Severity } from './finding.ts';
export { FINDING_CODES, type FindingExplanation, findingCode } from './finding-codes.ts';
export { findingOf, type Remark } from './finding-of.ts';
export { formatLock } from './format-lock.ts';
export type { Format, Imported, Skipped } from './formats/format.ts';
export { FORMATS } from './formats/formats.ts';
export { type IgnoreRule, ignoresShape } from './ignore-rule.ts';
export {
  CONFIG_FILE,
  LOCK_FILE,
  type LoadConfigOptions,
  loadConfig,
  readConfig,
} from './load-config.ts';
export {
  entryFor,
  type Lock,
  type LockEntry,
  type LockMetadata,
  type Mode,
  type OnMissing,
  type Settings,
} from './lock.ts';
export {
  type LockChange,
  type MergedLock,
  type MergeOptions,
  mayMove,
  mergeLock,
} from './merge-lock.ts';
export type { PinContext, PinnedImage, PinResult, Resolve } from './pin-context.ts';
export { PinError, type PinErrorCode } from './pin-error.ts';
export { checkText, pinText } from './pin-text.ts';
export { readPlain } from './plain-value.ts';
export { type FunctionConfig, readFunctionConfig } from './read-function-config.ts';
export { type ReadLockOptions, readLock } from './read-lock.ts';
export { type Recorded, readRecord, recordImages } from './record-images.ts';
export { refuse } from './refuse.ts';
export { registryHosts } from './registry-hosts.ts';
export { readFile } from './render/read-file.ts';
export { readStdin } from './render/read-stdin.ts';
export {
  type RenderInput,
  type RenderOptions,
  type RenderSettings,
  render,
} from './render/render.ts';
export { runProgram, say } from './render/run-program.ts';
export { type ReplaceOptions, replaceFile, type WriteStep } from './replace-file.ts';
export { listOf, mapping, problemsOf, type Shape, textThat } from './shape.ts';
export { readLockFile, type WriteLockOptions, type WrittenLock, writeLock } from './write-lock.ts';
