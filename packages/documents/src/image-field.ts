/**
 * Where one kind of resource names images. One row stands for all versions of the kind.
 *
 * Paths are written from the root of the resource: keys joined by dots, `[*]` for every item of
 * a list, `*` for every value of a mapping, `['a.b/c']` for a key that holds a dot:
 * `spec.template.spec.containers[*].image`, `spec.instances.*.image`,
 * `metadata.annotations['sidecar.istio.io/proxyImage']`.
 */
export interface ImageField {
  /** API group without the version; `''` is the core group. */
  readonly group: string;
  readonly kind: string;
  /** Paths whose value is a whole reference. */
  readonly paths?: readonly string[];
  /**
   * Paths of a PodSpec. Each stands for its `containers[*].image`, `initContainers[*].image`,
   * `ephemeralContainers[*].image` and `volumes[*].image.reference`.
   */
  readonly podSpecs?: readonly string[];
  /** References whose parts are written in fields of their own. */
  readonly split?: readonly SplitImage[];
  /** The page or file that the row was read from. */
  readonly source: string;
}

/**
 * One reference in several fields, each a full path as in {@link ImageField}. The wildcards of
 * `repository` are the ones that the other paths may use, in the same order:
 * `spec.nodes[*].image.repository` with `spec.nodes[*].image.tag` reads both of the same node.
 */
export interface SplitImage {
  /** Put before the repository with a slash, where it holds something. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}
