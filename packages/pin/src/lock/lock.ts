import type { FieldRule } from '../config/field-rule.ts';
import type { IgnoreRule } from '../config/ignore-rule.ts';

/** `locked` asks no registry; `resolve` asks for what the lock lacks. */
export type Mode = 'locked' | 'resolve';

/** What to do with an image that has no entry: `fail` (strict) or `keep` it as it is, with a finding. */
export type OnMissing = 'fail' | 'keep';

/** Settings may stand in the lock, in a `PinImages` functionConfig or in a ConfigMap's data. */
export interface Settings {
  readonly mode?: Mode;
  readonly onMissing?: OnMissing;
  /** `latest` writes `name:latest@digest` where the author wrote no tag; `keep` writes `name@digest`. */
  readonly untagged?: 'keep' | 'latest';
}

export interface LockEntry {
  /** Canonical name and tag, the lookup key: `docker.io/library/nginx:1.27`. */
  readonly image: string;
  /** `sha256:…` of the index, or of the manifest where there is no index. */
  readonly digest: string;
  readonly mediaType?: string;
  readonly platforms?: readonly string[];
}

export interface Lock {
  /** The file it was read from, for messages. */
  readonly file: string;
  readonly settings: Settings;
  /** Sorted by `image`. */
  readonly images: readonly LockEntry[];
  /** Rules that hold wherever this lock is used, beside those of pindrift.yaml. */
  readonly ignore?: readonly IgnoreRule[];
  readonly fields?: readonly FieldRule[];
  /** `metadata` as it stands in the file: name, annotations, labels. */
  readonly metadata?: LockMetadata;
}

export interface LockMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

const indexes = new WeakMap<Lock, ReadonlyMap<string, LockEntry>>();

/** The entry for a canonical name and tag; the index behind it is built once per lock. */
export function entryFor(lock: Lock, image: string): LockEntry | undefined {
  let index = indexes.get(lock);
  if (index === undefined) {
    index = new Map(lock.images.map((entry) => [entry.image, entry]));
    indexes.set(lock, index);
  }
  return index.get(image);
}

/** The order of entries in a lock: by code unit, so that it is the same on every machine. */
export function byImage(a: LockEntry, b: LockEntry): number {
  return a.image < b.image ? -1 : a.image > b.image ? 1 : 0;
}
