export interface ListOptions {
  /** What relative paths are relative to; default: the working directory. */
  readonly cwd?: string;
  /** False reads what git ignores and the skipped folders too; default true. */
  readonly ignore?: boolean;
  /** Endings with their dot, case does not matter; default: every file. Named files need none. */
  readonly extensions?: readonly string[];
  /** Larger files, in bytes, are skipped; default: no limit. Named files are always listed. */
  readonly maxBytes?: number;
}

export interface ListedFile {
  /** As the caller would write it: below the path that was given, with `/` between folders. */
  readonly path: string;
  /** Bytes, when it was listed. */
  readonly size: number;
}

/**
 * Why something was not listed:
 * `missing`: a named path does not exist; `unreadable`: a folder or file cannot be looked at;
 * `too-large`: more than `maxBytes`; `not-a-file`: a device, socket or pipe inside a folder;
 * `symlink`: a link out of the folder, or to nothing; `repository`: a submodule or another
 * repository inside the folder; `git-failed`: git could not answer, so ignored files are listed too.
 */
export type SkipCode =
  | 'missing'
  | 'unreadable'
  | 'too-large'
  | 'not-a-file'
  | 'symlink'
  | 'repository'
  | 'git-failed';

export interface SkippedPath {
  readonly path: string;
  readonly code: SkipCode;
  /** One sentence with the path: what is wrong and what to do. */
  readonly message: string;
}

export interface FileListing {
  /** Sorted by path (code units), each file once. */
  readonly files: readonly ListedFile[];
  /** Sorted by path; nothing is left out without standing here. */
  readonly skipped: readonly SkippedPath[];
}
