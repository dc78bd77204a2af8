import type { FieldRule } from '../config/field-rule.ts';
import type { IgnoreRule } from '../config/ignore-rule.ts';
import { PinError } from '../pin-error.ts';
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
  refuseConflict(text, file);
  const value = await readPlain(text, file, 'bad-lock');
  const problems = problemsOf(value, lockShape);
  if (problems.length > 0) {
    const { refuse } = await import('../shape/refuse.ts');
    await refuse({ file, text, code: 'bad-lock' }, problems);
  }
  return lockOf(value as LockDocument, file);
}

/** git leaves these lines where two branches changed the same entries. */
function refuseConflict(text: string, file: string): void {
  const at = text.startsWith(CONFLICT) ? 0 : text.indexOf(`\n${CONFLICT}`) + 1;
  if (at === 0 && !text.startsWith(CONFLICT)) return;
  const line = text.slice(0, at).split('\n').length;
  throw new PinError(
    'bad-lock',
    `${file}:${line}:1: the lock has a merge conflict: keep the entries of both sides, without the lines of git, and run pindrift lock`,
  );
}

const CONFLICT = '<<<<<<< ';

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
