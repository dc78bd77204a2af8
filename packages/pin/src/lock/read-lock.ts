import type { FieldRule } from '../config/field-rule.ts';
import type { IgnoreRule } from '../config/ignore-rule.ts';
import { readPlain } from '../plain-value.ts';
import { problemsOf } from '../shape/shape.ts';
import { byImage, type Lock, type LockEntry, type LockMetadata, type Settings } from './lock.ts';
import { lockShape } from './lock-shape.ts';

export interface ReadLockOptions {
  /** Name of the text in messages; default `images.lock.yaml`. */
  readonly file?: string;
}

/** What a checked `ImageLock` document holds. */
export interface LockDocument {
  readonly metadata?: LockMetadata;
  readonly spec: {
    readonly settings?: Settings;
    readonly ignore?: readonly IgnoreRule[];
    readonly fields?: readonly FieldRule[];
    readonly images?: readonly LockEntry[];
  };
}

/**
 * Reads the text of a lock. A lock as `formatLock` writes it, or as kustomize hands it on, loads no
 * YAML library; anything else that is YAML is read with one.
 *
 * Throws `PinError` `bad-lock` with file, line, column and the source line for unknown keys,
 * entries that are not canonical or appear twice, and digests that are none.
 */
export async function readLock(text: string, options: ReadLockOptions = {}): Promise<Lock> {
  const { file = 'images.lock.yaml' } = options;
  const value = await readPlain(text, file, 'bad-lock');
  const problems = problemsOf(value, lockShape);
  if (problems.length > 0) {
    const { refuse } = await import('../shape/refuse.ts');
    await refuse({ file, text, code: 'bad-lock' }, problems);
  }
  return lockOf(value as LockDocument, file);
}

/** The lock in a document that `lockShape` accepted. */
export function lockOf(document: LockDocument, file: string): Lock {
  const { settings = {}, images = [], ignore, fields } = document.spec;
  return {
    file,
    settings,
    images: images.toSorted(byImage),
    ...(ignore === undefined ? undefined : { ignore }),
    ...(fields === undefined ? undefined : { fields }),
    ...(document.metadata === undefined ? undefined : { metadata: document.metadata }),
  };
}
