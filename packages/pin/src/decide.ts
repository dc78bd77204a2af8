import { type ImageReference, parseReference } from '@pindrift/reference';
import { lockKey } from './canonical.ts';
import { entryFor, type Lock } from './lock/lock.ts';

/** What is to be done with a reference, decided from its text and the lock alone. */
export type Decision = Already | Mismatch | Move | Pin | Missing | Unresolved | Invalid;

/** It has a digest, and the lock does not say otherwise. */
export interface Already {
  readonly kind: 'already';
  readonly key: string;
  readonly digest: string;
}

/** It has a digest, and the lock names another one for the same name and tag. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly key: string;
  readonly digest: string;
  readonly expected: string;
}

/** It has a digest, and gets the one that the lock names instead. */
export interface Move {
  readonly kind: 'move';
  readonly key: string;
  readonly digest: string;
  readonly replaced: string;
}

/** It has no digest, and it is known which one it gets. */
export interface Pin {
  readonly kind: 'pin';
  readonly key: string;
  readonly digest: string;
  /** Its author wrote no tag. */
  readonly untagged: boolean;
}

/** It has no digest, and the lock has no entry for it. */
export interface Missing {
  readonly kind: 'missing';
  readonly key: string;
  readonly reference: ImageReference;
}

/** It was missing and asked for, and the registry gave no digest. */
export interface Unresolved {
  readonly kind: 'unresolved';
  readonly key: string;
  readonly code: 'dangling' | 'unresolvable';
  readonly reason: string;
}

/** It is no reference at all. */
export interface Invalid {
  readonly kind: 'invalid';
  readonly reason: string;
}

/** Decides about one reference. A reference without a tag is looked up as `latest`. */
export function decide(text: string, lock: Lock | undefined): Decision {
  let reference: ImageReference;
  try {
    reference = parseReference(text);
  } catch (error) {
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
  const key = lockKey(reference);
  const expected = lock === undefined ? undefined : entryFor(lock, key)?.digest;
  const { digest, tag } = reference;
  if (digest !== undefined) {
    // A digest without a tag says nothing about `latest`.
    const differs = tag !== undefined && expected !== undefined && expected !== digest;
    return differs ? { kind: 'mismatch', key, digest, expected } : { kind: 'already', key, digest };
  }
  if (expected === undefined) return { kind: 'missing', key, reference };
  return { kind: 'pin', key, digest: expected, untagged: tag === undefined };
}
