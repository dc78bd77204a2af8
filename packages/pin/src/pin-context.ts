import type { ImageOccurrence } from '@pindrift/documents';
import type { ImageReference } from '@pindrift/reference';
import type { Resolved } from '@pindrift/registry';
import type { Finding } from './finding.ts';
import type { Lock, Settings } from './lock.ts';

/** What `pinText` may look at. It reads nothing else: no file, no environment, no clock. */
export interface PinContext {
  /** Name of the text in findings; default `-`. */
  readonly file?: string;
  readonly lock?: Lock;
  /** Win over the lock's own settings. */
  readonly settings?: Settings;
  /** Asked for what the lock lacks, in mode `resolve` only; called once per unique reference. */
  readonly resolve?: (reference: ImageReference) => Promise<Resolved>;
  /** The date that ignores are held against, `YYYY-MM-DD`. */
  readonly today: string;
}

/** An occurrence and what pinning made of it. */
export interface PinnedImage extends ImageOccurrence {
  /** The digest it has now; undefined where it stays un-pinned. */
  readonly digest: string | undefined;
  /** `pinned` now, had a digest `already`, `ignored` by a rule, or `kept` as it was with a finding. */
  readonly outcome: 'pinned' | 'already' | 'ignored' | 'kept';
}

export interface PinResult {
  /** The whole text with digests inserted; the input itself when nothing changed. */
  readonly text: Uint8Array;
  readonly findings: readonly Finding[];
  readonly images: readonly PinnedImage[];
}
