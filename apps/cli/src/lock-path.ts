import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Config, LOCK_FILE, type Lock, readLockFile } from '@pindrift/pin';
import { CliError } from './cli-error.ts';
import type { Call } from './verb.ts';

export interface LockOption {
  readonly lock?: string;
}

/** A lock file, whether or not it exists yet. */
export interface LockFile {
  /** As messages show it: relative to the working directory of the process. */
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly lock: Lock | undefined;
}

/**
 * The lock of this call: `--lock`, else the one that the configuration names, else the nearest
 * `images.lock.yaml` upward to the folder of the configuration or the root of the repository, else
 * one beside the configuration, else one here. A file that was named with `--lock` and does not
 * exist is an error unless `mayBeNew`.
 */
export async function openLock(
  { options, io }: Call<LockOption>,
  config: Config,
  { mayBeNew = false }: { readonly mayBeNew?: boolean } = {},
): Promise<LockFile> {
  const absolute =
    options.lock === undefined ? usual(io.cwd, config) : resolve(io.cwd, options.lock);
  const path = relative(process.cwd(), absolute) || absolute;
  const lock = await readLockFile(path);
  if (lock === undefined && options.lock !== undefined && !mayBeNew) {
    throw new CliError('not-found', `${path}: there is no such lock; make it with 'pindrift lock'`);
  }
  return { path, lock };
}

function usual(cwd: string, config: Config): string {
  if (config.lock !== join(config.folder, LOCK_FILE)) return config.lock;
  return findUpward(cwd, config.file === undefined ? undefined : config.folder) ?? config.lock;
}

/** Stops at `top`, at the root of a git repository, and at the root of the file system. */
function findUpward(from: string, top: string | undefined): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, LOCK_FILE);
    if (existsSync(path)) return path;
    if (folder === top || folder === dirname(folder)) return undefined;
    if (existsSync(join(folder, '.git'))) return undefined;
  }
}
