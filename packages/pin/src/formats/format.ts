import type { LockEntry } from '../lock/lock.ts';

/** Another tool's way to write down which digest a tag means. */
export interface Format {
  /** `imgpkg`, as it is named on the command line. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /**
   * The entries in a text; `file` names it in messages. Throws `PinError` `bad-format` where the text
   * is not of this format, or gives one tag two digests.
   */
  readonly read: (text: string, file: string) => Promise<Imported>;
  /** The entries as a text: sorted, the same bytes for the same entries. */
  readonly write: (entries: readonly LockEntry[]) => string;
}

export interface Imported {
  /** Sorted by image, each image once. */
  readonly entries: readonly LockEntry[];
  /** What the text says and a lock cannot: each with the reason. */
  readonly skipped: readonly Skipped[];
}

export interface Skipped {
  /** The image as the text names it. */
  readonly image: string;
  readonly reason: string;
}
