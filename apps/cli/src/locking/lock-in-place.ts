import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { formatLock, replaceFile } from '@pindrift/pin';
import { CliError } from '../cli-error.ts';
import { changeFiles, type Io } from '../io.ts';

export interface LockInPlaceOptions {
  /** The lock, relative to the working directory of the process. */
  readonly path: string;
  /** Write nothing, not even for as long as something is rendered. */
  readonly frozen: boolean;
}

const EMPTY = formatLock({ images: [] });

/**
 * Runs a render with a lock in place: where there is none yet, an empty one, which is gone when the
 * render has ended. kustomize reads the lock that a kustomization lists before it runs anything, so
 * without it nobody could see what belongs into the first one.
 *
 * What the render throws says in addition which lock it misses, where that is another one.
 */
export async function withLockInPlace<Result>(
  io: Io,
  { path, frozen }: LockInPlaceOptions,
  render: () => Promise<Result>,
): Promise<Result> {
  try {
    if (frozen || existsSync(path)) return await render();
    // A stop waits until the empty lock is gone again.
    return await changeFiles(io, () => withEmptyLock(path, render));
  } catch (error) {
    throw withHint(error, path, frozen);
  }
}

async function withEmptyLock<Result>(path: string, render: () => Promise<Result>): Promise<Result> {
  await replaceFile(path, EMPTY);
  try {
    return await render();
  } finally {
    // Somebody else may have made it a real one meanwhile.
    if ((await readFile(path, 'utf8').catch(() => undefined)) === EMPTY) await rm(path);
  }
}

function withHint(error: unknown, path: string, frozen: boolean): unknown {
  if (!(error instanceof CliError) || error.code !== 'render-failed') return error;
  const missing = missingLock(error.message, path);
  if (missing === undefined) return error;
  const same = resolve(missing) === resolve(path);
  const hint = same
    ? `there is no ${path} yet${frozen ? ': make it without --frozen' : ''}`
    : `it reads the lock ${missing}, which does not exist, and this would make ${path}: add --lock ${missing}`;
  return new CliError('render-failed', `${error.message}\n${hint}`, { cause: error });
}

/** A lock that the message names by its whole path, as kustomize does, and that is not there. */
function missingLock(message: string, path: string): string | undefined {
  const words = message.split(/[\s'"]+/).map((word) => word.replace(/:$/, ''));
  const missing = words.find(
    (word) => isAbsolute(word) && basename(word) === basename(path) && !existsSync(word),
  );
  return missing === undefined ? undefined : relative(process.cwd(), missing);
}
