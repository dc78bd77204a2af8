import { readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PinError } from '../pin-error.ts';
import { type FileGuard, guardFile } from './file-guard.ts';
import { formatLock } from './format-lock.ts';
import type { Lock } from './lock.ts';
import { readLock } from './read-lock.ts';
import { followLinks, replaceFile, temporaryPrefix, type WriteStep } from './replace-file.ts';

export interface WriteLockOptions {
  /** Say what would change and write nothing. Default: false. */
  readonly frozen?: boolean;
  /** Milliseconds to wait for another process that writes the same lock. Default: 10,000. */
  readonly patience?: number;
  /** Called as each point of writing is reached. */
  readonly onStep?: (step: WriteStep) => void;
}

export interface WrittenLock {
  readonly lock: Lock;
  /** Whether the file is another one now, or with `frozen` would be. */
  readonly changed: boolean;
  /** The text of the file now, or with `frozen` as it would be. */
  readonly text: string;
}

/**
 * Changes the lock in a file: reads it, lets `change` make the new lock of it (of undefined, where
 * there is no file), and writes that whole or not at all. Comments, order, settings and layout of an
 * existing file stay; only entries are added, changed and removed. Processes that write the same
 * lock wait for each other, so that no update is lost. `change` may be called several times.
 *
 * Throws `PinError`: `bad-lock`, `cannot-read`, `cannot-write`, `busy`; the file is then what it was.
 */
export async function writeLock(
  path: string,
  change: (current: Lock | undefined) => Lock,
  options: WriteLockOptions = {},
): Promise<WrittenLock> {
  const { frozen = false, onStep = () => undefined } = options;
  const target = await followLinks(path);
  // Most runs change nothing, and then need no right to write.
  const { before: _, ...first } = await draft(path, target, change);
  if (frozen || !first.changed) return first;
  for (;;) {
    const guard = await guardFile(target, options);
    onStep('guarded');
    try {
      await removeLeftovers(target);
      const { before, ...written } = await draft(path, target, change);
      onStep('read');
      if (!written.changed) return written;
      if (!(await isUntouched(guard, target, before))) continue;
      await replaceFile(target, written.text, { onStep });
      return written;
    } finally {
      await guard.release();
      onStep('released');
    }
  }
}

/** The lock in a file; undefined where there is no such file. Throws `PinError`. */
export async function readLockFile(path: string): Promise<Lock | undefined> {
  const text = await readIfThere(path);
  return text === undefined ? undefined : await readLock(text, { file: path });
}

async function draft(
  path: string,
  target: string,
  change: (current: Lock | undefined) => Lock,
): Promise<WrittenLock & { readonly before: string | undefined }> {
  const before = await readIfThere(target);
  const current = before === undefined ? undefined : await readLock(before, { file: path });
  const lock = change(current);
  const text = before === undefined ? formatLock(lock) : await edited(before, path, lock);
  return { lock, text, before, changed: text !== before };
}

async function edited(before: string, file: string, lock: Lock): Promise<string> {
  const { editLock } = await import('./edit-lock.ts');
  return await editLock(before, lock, file);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PinError('cannot-read', `${path}: could not be read: ${reason}`, { cause: error });
  }
}

/** Editors and other tools do not know the guard; their change is read again, not overwritten. */
async function isUntouched(
  guard: FileGuard,
  target: string,
  before: string | undefined,
): Promise<boolean> {
  return (await guard.isHeld()) && (await readIfThere(target)) === before;
}

/** Whoever holds the guard is alone, so any temporary file was left by a writer that was killed. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = temporaryPrefix(target);
  const names = await readdir(dirname(target)).catch((): string[] => []);
  const left = names.filter((name) => name.startsWith(prefix));
  await Promise.all(left.map((name) => unlink(join(dirname(target), name)).catch(() => undefined)));
}
