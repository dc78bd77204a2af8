import {
  type Lock,
  type LockChange,
  type LockEntry,
  type MergeOptions,
  mergeLock,
  writeLock,
} from '@pindrift/pin';

export interface LockOutcome {
  /** One change per entry that was or is there, sorted by image. */
  readonly changes: readonly LockChange[];
  /** Whether the file is another one now, or with `frozen` would be. */
  readonly changed: boolean;
  /** Whether the file was written. */
  readonly written: boolean;
  readonly lock: Lock;
}

export interface ChangeLockOptions extends MergeOptions {
  /** Write nothing. Default false. */
  readonly frozen?: boolean;
}

/** Brings entries into a lock file, which is made when there is none: whole or not at all. */
export async function changeLock(
  path: string,
  entries: readonly LockEntry[],
  { frozen = false, ...options }: ChangeLockOptions,
): Promise<LockOutcome> {
  let changes: readonly LockChange[] = [];
  const written = await writeLock(
    path,
    (current = { file: path, settings: {}, images: [] }) => {
      // Called again when another process changed the file meanwhile: the last call counts.
      const merged = mergeLock(current, entries, options);
      changes = merged.changes;
      return merged.lock;
    },
    { frozen },
  );
  const { changed, lock } = written;
  return { changes, changed, written: changed && !frozen, lock };
}
