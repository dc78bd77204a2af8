/**
 * One image reference, split into its parts as distribution/reference does.
 * `ubuntu` reads as `{domain: 'docker.io', path: 'library/ubuntu'}`.
 */
export interface ImageReference {
  /** Registry host with its port, if any: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly domain: string;
  /** Repository inside the registry, without a leading slash: `library/nginx`. */
  readonly path: string;
  /** Tag as written; absent when its author wrote none (`latest` is not added). */
  readonly tag?: string;
  /** Digest as written, `algorithm:hex`. */
  readonly digest?: string;
  /** The text that was parsed, unchanged. */
  readonly text: string;
}
