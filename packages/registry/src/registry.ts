import type { ImageReference } from '@pindrift/reference';
import type { Copied } from './copy/copy-image.ts';
import type { Descriptor } from './manifest/descriptor.ts';

/** What a tag or digest names, as the registry answered. */
export interface Resolved {
  readonly digest: string;
  readonly mediaType: string;
  /** Size of the manifest in bytes; advisory when it came from a HEAD. */
  readonly size: number | undefined;
  /** True when the body was read and its hash is the digest; false when a header said so. */
  readonly verified: boolean;
}

/** `linux/amd64`, `linux/arm/v7`, `windows/amd64:10.0.20348.2582`. */
export type Platform = string;

export interface Manifest extends Resolved {
  /** The bytes as the registry sent them; their hash is `digest`. */
  readonly bytes: Uint8Array;
}

/** What a method is asked about: the image of one platform, or what the reference itself names. */
export interface ForPlatform extends Stoppable {
  readonly platform?: Platform;
}

/** For every method: ends the wait for its answer, by rejecting with the signal's reason. */
export interface Stoppable {
  readonly signal?: AbortSignal;
}

/**
 * An OCI distribution client. Every method may throw `RegistryError`. A question that is stopped by
 * its `signal` may be under way for others that ask the same; `close` ends what is left of it.
 */
export interface Registry {
  /** Digest of a tag (of the index, unless `platform` selects one), or proof that a digest exists. */
  resolve(reference: ImageReference, options?: ForPlatform): Promise<Resolved>;
  manifest(reference: ImageReference, options?: ForPlatform): Promise<Manifest>;
  /** The image configuration (JSON text as bytes) of one platform. */
  config(reference: ImageReference, options?: ForPlatform): Promise<Manifest>;
  /** Platforms in the index, or the one platform of a single image. */
  platforms(reference: ImageReference, options?: Stoppable): Promise<readonly Platform[]>;
  /** All tags of the repository: full versions in semver order, then the others by name. */
  tags(reference: ImageReference, options?: Stoppable): Promise<readonly string[]>;
  /**
   * What refers to the manifest that a reference names: signatures, attestations, SBOMs. From the
   * referrers API or the fallback tag, and from the tags of cosign before its version 3 (these
   * have `tag`); none is an empty list, and not knowing is an error. What a
   * descriptor says is not verified; its manifest may be read by `manifest`.
   */
  referrers(
    reference: ImageReference,
    options?: Stoppable & { readonly artifactType?: string },
  ): Promise<readonly Descriptor[]>;
  /**
   * The bytes of a blob, which the digest of the reference names. The end of the iteration is the
   * proof: when the bytes are not those of the digest it throws `DIGEST_MISMATCH` there, and
   * `TOO_LARGE` as soon as they are more than `maxBytes` (16 MiB by default).
   */
  blob(
    reference: ImageReference,
    options?: Stoppable & { readonly maxBytes?: number },
  ): AsyncIterable<Uint8Array>;
  /**
   * Copies what a reference names to another place, bit for bit, with what refers to it: the
   * digest stays the same. `to` may have a tag; a digest in it must be that of `from`.
   */
  copy(
    from: ImageReference,
    to: ImageReference,
    options?: Stoppable & { readonly referrers?: boolean },
  ): Promise<Copied>;
  close(): Promise<void>;
}
