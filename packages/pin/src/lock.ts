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
}
