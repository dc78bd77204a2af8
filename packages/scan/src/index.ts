export type { ImageState } from './case.ts';
export { parseDuration } from './duration.ts';
export {
  type ScanConfig,
  type ScannedImage,
  type ScanOptions,
  type ScanReport,
  scan,
} from './scan.ts';
export { ScanError, type ScanErrorCode } from './scan-error.ts';
export type { OnEvent, ScanEvent } from './scan-event.ts';
export { openStore } from './store/open-store.ts';
export type { Observation, Sighting, Store } from './store/store.ts';
export type { Left, ScanSummary } from './summarize.ts';
