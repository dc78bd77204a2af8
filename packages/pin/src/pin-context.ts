import type { ImageOccurrence } from '@pindrift/documents';
import type { ImageReference } from '@pindrift/reference';
import type { Platform, Resolved } from '@pindrift/registry';
import type { FieldRule } from './config/field-rule.ts';
import type { IgnoreRule } from './config/ignore-rule.ts';
import type { Finding } from './findings/finding.ts';
import type { Lock, Settings } from './lock/lock.ts';

/** Asks a registry what a reference names. Throws where it does not know. */
export type Resolve = (
  reference: ImageReference,
) => Promise<Pick<Resolved, 'digest' | 'mediaType'> & { readonly platforms?: readonly Platform[] }>;

/** What `pinText` may look at. It reads nothing else: no file, no environment, no clock. */
export interface PinContext {
  /** Name of the text in findings; default `-`. */
  readonly file?: string;
  readonly lock?: Lock;
  /** Win over the lock's own settings. */
  readonly settings?: Settings;
  /** Asked for what the lock lacks, in mode `resolve` only; called once per unique reference. */
  readonly resolve?: Resolve;
  /** The date that ignores are held against, `YYYY-MM-DD`. */
  readonly today: string;
  /** Rules of the configuration; those of the lock hold beside them. */
  readonly ignore?: readonly IgnoreRule[];
  /** Image fields of custom resources; those of the lock hold beside them. */
  readonly fields?: readonly FieldRule[];
  /**
   * A file may be one that is yet to be rendered, as those of a Helm chart are: what is written out in it
   * is found, and the rest is `templated`. Default: true for `checkText`, which only looks.
   */
  readonly templates?: boolean;
  /**
   * Also moves a digest to the one that the lock names for the same name and tag, where that would be
   * a `mismatch`. Default false. `checkText` moves nothing.
   */
  readonly move?: boolean;
  /**
   * The command that adds to the lock what this text names, for the help in findings. Default:
   * `pindrift lock --lock FILE PATH`, or with `--render` where the text has no path.
   */
  readonly lockCommand?: string;
  /**
   * The help in findings names files by their whole path, as whoever reads it may be in another folder
   * than this process. Default false.
   */
  readonly wholePaths?: boolean;
}

/** An occurrence and what pinning made of it. */
export interface PinnedImage extends ImageOccurrence {
  /** The digest it has now; undefined where it stays un-pinned. */
  readonly digest: string | undefined;
  /**
   * `pinned` now, `moved` to another digest, had a digest `already`, `ignored` by a rule, or `kept` as
   * it was with a finding.
   */
  readonly outcome: 'pinned' | 'moved' | 'already' | 'ignored' | 'kept';
}

export interface PinResult {
  /** The whole text with digests inserted or moved; the input itself when nothing changed or it is refused. */
  readonly text: Uint8Array;
  /** True where a finding forbids going on: nothing was inserted, and nothing may be written. */
  readonly refused: boolean;
  readonly findings: readonly Finding[];
  /** In the order in which they stand in the text; built on first use. */
  readonly images: readonly PinnedImage[];
}
