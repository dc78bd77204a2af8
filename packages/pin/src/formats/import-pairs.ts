import { BadReference, type ImageReference, parseReference } from '@pindrift/reference';
import { lockKey } from '../canonical.ts';
import { byImage, type LockEntry } from '../lock/lock.ts';
import { PinError } from '../pin-error.ts';
import type { Imported, Skipped } from './format.ts';

/** What a text says: this reference means that one, which has a digest. */
export interface Pair {
  /** As it may stand in a manifest: `nginx:1.27`. */
  readonly from: string;
  /** The same with its digest: `index.docker.io/library/nginx@sha256:…`. */
  readonly to: string;
  /** What keeps the text from being clear. */
  readonly problem?: string;
}

/**
 * The pairs as entries. A pair that moves an image to another repository, or that has no digest, or
 * of which nobody knows the tag, is none that a lock can hold.
 */
export function importPairs(pairs: readonly Pair[], file: string): Imported {
  const entries = new Map<string, LockEntry>();
  const skipped: Skipped[] = [];
  for (const { from, to, problem } of pairs) {
    const read = problem ?? readPair(from, to);
    if (typeof read === 'string') {
      skipped.push({ image: from, reason: read });
      continue;
    }
    const known = entries.get(read.image);
    if (known !== undefined && known.digest !== read.digest) throw twice(read.image, file);
    entries.set(read.image, read);
  }
  return { entries: [...entries.values()].toSorted(byImage), skipped };
}

/** The error about a text that is not of a format. */
export function notThisFormat(file: string, expected: string): PinError {
  return new PinError('bad-format', `${file}: ${expected}`);
}

function readPair(from: string, to: string): LockEntry | string {
  const source = parse(from);
  const target = parse(to);
  if (typeof source === 'string') return source;
  if (typeof target === 'string') return target;
  if (source.digest !== undefined && source.tag === undefined) return 'it has no tag';
  if (target.digest === undefined) return `${to} has no digest`;
  if (source.domain !== target.domain || source.path !== target.path) {
    return `it becomes another repository, ${target.domain}/${target.path}; a lock keeps names`;
  }
  return { image: lockKey(source), digest: target.digest };
}

function parse(text: string): ImageReference | string {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof BadReference) return error.message;
    throw error;
  }
}

function twice(image: string, file: string): PinError {
  return new PinError('bad-format', `${file}: gives ${image} two different digests`);
}
