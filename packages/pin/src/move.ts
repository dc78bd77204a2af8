import type { ImageSite } from '@pindrift/documents';
import type { Decision, Mismatch, Move } from './decide.ts';

/**
 * The decision to move a digest to the lock's. The mismatch itself where that is no edit of the digest
 * alone: it is written with escapes, is a guess, or is broken over lines.
 */
export function moveDigest(
  mismatch: Mismatch,
  { end, confidence }: ImageSite,
  text: Uint8Array,
): Move | Mismatch {
  const { key, digest, expected } = mismatch;
  const written = Buffer.from(text.subarray(end - digest.length, end)).toString('latin1');
  if (confidence === 'low' || written !== digest) return mismatch;
  return { kind: 'move', key, digest: expected, replaced: digest };
}

/** The digest that stands in the text before anything is edited. */
export function writtenDigest(decision: Decision | undefined): string | undefined {
  if (decision?.kind === 'already' || decision?.kind === 'mismatch') return decision.digest;
  return decision?.kind === 'move' ? decision.replaced : undefined;
}
