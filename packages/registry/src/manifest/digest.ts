import { createHash } from 'node:crypto';

export type DigestAlgorithm = 'sha256' | 'sha512';

const pattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** SHA-256 and SHA-512 of no bytes: what a server sends that hashes its empty HEAD body. */
const ofNothing: ReadonlySet<string> = new Set([
  digestOf(new Uint8Array(), 'sha256'),
  digestOf(new Uint8Array(), 'sha512'),
]);

/**
 * True when `text` is a digest that this client can verify: `sha256` or `sha512` with exactly
 * its number of lower-case hex digits. Nothing else from an answer goes into a URL or a path.
 */
export function isVerifiableDigest(text: unknown): text is string {
  return typeof text === 'string' && pattern.test(text);
}

/** True for a well-formed digest that can be the digest of a manifest. */
export function isBelievableDigest(text: unknown): text is string {
  return isVerifiableDigest(text) && !ofNothing.has(text);
}

/** The algorithm of a digest for which `isVerifiableDigest` holds. */
export function algorithmOf(digest: string): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

/** `algorithm:hex` of the bytes. */
export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}
