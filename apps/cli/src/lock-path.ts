import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Lock, readLockFile } from '@pindrift/pin';
import { type Config, LOCK_FILE } from '@pindrift/pin/config';
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

export interface OpenLockOptions {
  /** The file of `--lock` may be one that is yet to be made; default false. */
  readonly mayBeNew?: boolean;
  /** What the lock is for: files and folders, looked at before the working directory; default none. */
  readonly paths?: readonly string[];
}

/**
 * The lock of this call: `--lock`, else the one that the configuration names, else the nearest
 * `images.lock.yaml` upward from the paths, else from here, to the folder of the configuration or the
 * root of the repository, else one beside the configuration, else one here. A file that was named
 * with `--lock` and does not exist is an error unless `mayBeNew`, and so are paths with several locks.
 */
export async function openLock(
  { options, io }: Call<LockOption>,
  config: Config,
  { mayBeNew = false, paths = [] }: OpenLockOptions = {},
): Promise<LockFile> {
  const absolute =
    options.lock === undefined ? usual(io.cwd, paths, config) : resolve(io.cwd, options.lock);
  const path = shown(absolute);
  const lock = await readLockFile(path);
  if (lock === undefined && options.lock !== undefined && !mayBeNew) {
    throw new CliError('not-found', `${path}: there is no such lock; make it with 'pindrift lock'`);
  }
  return { path, lock };
}

function usual(cwd: string, paths: readonly string[], config: Config): string {
  if (config.lock !== join(config.folder, LOCK_FILE)) return config.lock;
  const top = config.file === undefined ? undefined : config.folder;
  const starts = paths.filter((path) => path !== '-').map((path) => folderOf(resolve(cwd, path)));
  const locks = (starts.length === 0 ? [cwd] : starts).map(
    (start) => findUpward(start, top) ?? findUpward(cwd, top) ?? config.lock,
  );
  const [first = config.lock, ...others] = new Set(locks);
  if (others.length === 0) return first;
  const named = [first, ...others].map(shown).join(', ');
  throw new CliError('usage', `these paths have several locks: ${named}; say which with --lock`);
}

function shown(absolute: string): string {
  return relative(process.cwd(), absolute) || absolute;
}

function folderOf(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? path : dirname(path);
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
