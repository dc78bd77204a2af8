/** An image that was asked for by name, and what its registry said. */
export interface ResolvedImage {
  /** As it was asked for. */
  readonly text: string;
  /** Canonical. */
  readonly reference: string;
  /** `linux/arm64` where one platform of an index was asked for. */
  readonly platform?: string | undefined;
  /** Undefined where the registry gave none; a finding says why. */
  readonly digest: string | undefined;
  readonly mediaType?: string | undefined;
  /** Bytes of the manifest. */
  readonly size?: number | undefined;
  /** Whether the digest was computed from the manifest, and not only read in a header. */
  readonly verified?: boolean | undefined;
}
