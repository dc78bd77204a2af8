/**
 * `fine`; `note`: something to know, nothing to do; `missing`: not installed, which matters only to
 * those who use it; `problem`: something here fails, or would.
 */
export type CheckStatus = 'fine' | 'note' | 'missing' | 'problem';

/** One thing that `pindrift doctor` looked at. */
export interface Check {
  /** What kind of thing: `program`, `credentials`, `network`, `folder`. */
  readonly area: 'program' | 'credentials' | 'network' | 'folder';
  /** Which one: `helm`, `ghcr.io`, `HTTPS_PROXY`, `images.lock.yaml`. */
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found: a version, a source of credentials; never a secret. */
  readonly found: string;
  /** What it means here: limits to know, or what mends it. */
  readonly notes: readonly string[];
}
