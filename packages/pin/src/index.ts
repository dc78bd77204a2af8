export type { Finding, FindingCode, Severity } from './finding.ts';
export type { Lock, LockEntry, Mode, OnMissing, Settings } from './lock.ts';
export type { PinContext, PinnedImage, PinResult } from './pin-context.ts';
