import { byImage, type Lock, type LockEntry } from './lock.ts';

export interface MergeOptions {
  /**
   * Which existing entries may move: `true` for all, or canonical names with tag, or without one for
   * all tags of a repository. Default: none.
   */
  readonly update?: true | readonly string[];
  /** Drop entries that `named` does not hold. Default: false. */
  readonly prune?: boolean;
  /** Every image that is still named somewhere, canonical. Default: those that were resolved. */
  readonly named?: Iterable<string>;
}

/** What became of one entry. `kept` has another digest now than the lock says, and was not asked to move. */
export interface LockChange {
  readonly change: 'added' | 'updated' | 'removed' | 'unchanged' | 'kept';
  readonly image: string;
  /** The digest in the lock before; undefined where there was none. */
  readonly from?: string;
  /** The digest in the lock now, or for `kept` the one it could move to. */
  readonly to?: string;
}

export interface MergedLock {
  readonly lock: Lock;
  /** One change per entry that was or is there, sorted by image. */
  readonly changes: readonly LockChange[];
  /** Whether the lock differs from what it was. */
  readonly changed: boolean;
}

/**
 * Brings resolved entries into a lock. An existing entry moves only where `update` asks for it and
 * goes only with `prune`. Merging the same entries twice changes nothing the second time.
 */
export function mergeLock(
  lock: Lock,
  resolved: readonly LockEntry[],
  options: MergeOptions = {},
): MergedLock {
  const found = new Map(resolved.map((entry) => [entry.image, entry]));
  const named = new Set([...(options.named ?? []), ...found.keys()]);
  const images: LockEntry[] = [];
  const changes: LockChange[] = [];
  for (const entry of lock.images) {
    const { image, digest: from } = entry;
    const fresh = found.get(image);
    found.delete(image);
    if (options.prune && !named.has(image)) changes.push({ change: 'removed', image, from });
    else if (fresh === undefined || fresh.digest === from) {
      images.push(fresh === undefined ? entry : { ...entry, ...fresh });
      changes.push({ change: 'unchanged', image, from, to: from });
    } else {
      const moves = mayMove(image, options.update);
      images.push(moves ? fresh : entry);
      changes.push({ change: moves ? 'updated' : 'kept', image, from, to: fresh.digest });
    }
  }
  for (const entry of found.values()) {
    images.push(entry);
    changes.push({ change: 'added', image: entry.image, to: entry.digest });
  }
  const merged = images.toSorted(byImage);
  return {
    lock: { ...lock, images: merged },
    changes: changes.toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    changed: JSON.stringify(merged) !== JSON.stringify(lock.images.toSorted(byImage)),
  };
}

/** Whether `update` names an image, by its canonical name with or without the tag. */
export function mayMove(image: string, update: MergeOptions['update']): boolean {
  if (update === undefined || update === true) return update === true;
  return update.includes(image) || update.includes(image.slice(0, image.lastIndexOf(':')));
}
