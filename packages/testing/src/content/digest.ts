import { createHash } from 'node:crypto';

/** Algorithms that the OCI image specification registers and Node can compute. */
export type DigestAlgorithm = 'sha256' | 'sha512';

const LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** The digest of some bytes, written `sha256:<hex>`. */
export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Whether the text is a whole sha256 or sha512 digest in lower-case hex. */
export function isWholeDigest(text: string): boolean {
  const [algorithm = '', hex = '', ...rest] = text.split(':');
  return rest.length === 0 && hex.length === LENGTHS[algorithm] && /^[0-9a-f]+$/.test(hex);
}

/** Whether the bytes have this digest; false also when the digest is not one we know. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
  const algorithm = digest.split(':')[0];
  return isWholeDigest(digest) && digestOf(bytes, algorithm as DigestAlgorithm) === digest;
}
