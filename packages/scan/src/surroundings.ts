import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Finding, fileFinding, type Lock, readLock } from '@pindrift/pin';
import { CONFIG_FILE, type Config, LOCK_FILE, readConfig } from '@pindrift/pin/config';
import { type SourceFile, type SourceListing, shownBeside } from './list-sources.ts';
import { reasonOf } from './reason-of.ts';

/** What stands beside a file and says how it is to be read. */
export interface Surroundings {
  readonly config: Pick<Config, 'ignore' | 'fields'> | undefined;
  readonly lock: FoundLock | undefined;
}

export interface FoundLock {
  readonly lock: Lock;
  readonly text: string;
  /** What the configuration beside it, or above, ignores. */
  readonly ignore: Config['ignore'];
}

export interface SurroundingsLookup {
  /** The nearest configuration and lock in the file's folder and those above it. */
  around(file: SourceFile): Promise<Surroundings>;
  /** Every lock that was found, in the order of their files. */
  locks(): Promise<readonly FoundLock[]>;
  /** One for each lock or configuration that could not be read. */
  readonly findings: readonly Finding[];
}

/** A lock of ten thousand images has three megabytes. */
const LARGEST_FILE = 16 * 1024 * 1024;

/**
 * Looks for `pindrift.yaml` and `images.lock.yaml` upward, to the root of the repository. Of the
 * configuration only what is ignored and where images are named counts: how registries are reached
 * is not for a scanned repository to say. A link is never followed, so nothing outside is read.
 */
export function createSurroundings(
  { tops }: Pick<SourceListing, 'tops'>,
  cwd: string,
): SurroundingsLookup {
  const findings: Finding[] = [];
  const folders = new Map<string, Promise<Surroundings>>();

  const read = async <Value>(
    path: string,
    file: SourceFile,
    reader: (text: string, shown: string) => Promise<Value>,
  ): Promise<Value | undefined> => {
    const shown = shownBeside(file, path, cwd);
    try {
      const text = readPlainFile(path);
      return text === undefined ? undefined : await reader(text, shown);
    } catch (error) {
      findings.push(fileFinding(shown, reasonOf(error)));
      return undefined;
    }
  };

  const inFolder = async (folder: string, file: SourceFile): Promise<Surroundings> => {
    const config = await read(join(folder, CONFIG_FILE), file, readConfig);
    const isTop = tops.has(folder) || folder === dirname(folder);
    const above = isTop ? undefined : await of(dirname(folder), file);
    const holds = config ?? above?.config;
    const lock = await read(lockPath(folder, config), file, async (text, shown) => ({
      lock: await readLock(text, { file: shown }),
      text,
      ignore: holds?.ignore ?? [],
    }));
    return { config: holds, lock: lock ?? above?.lock };
  };

  const of = (folder: string, file: SourceFile): Promise<Surroundings> => {
    const known = folders.get(folder) ?? inFolder(folder, file);
    folders.set(folder, known);
    return known;
  };

  return {
    around: (file) => of(dirname(file.absolute), file),
    locks: async () => {
      const found = await Promise.all(folders.values());
      return [...new Set(found.flatMap(({ lock }) => lock ?? []))].sort((a, b) =>
        a.lock.file < b.lock.file ? -1 : 1,
      );
    },
    findings,
  };
}

/** The lock that the configuration in this folder names, where it lies below it; else the usual one. */
function lockPath(folder: string, config: Config | undefined): string {
  const usual = join(folder, LOCK_FILE);
  if (config === undefined) return usual;
  const named = join(folder, relative(config.folder, config.lock));
  if (named === usual || !named.startsWith(join(folder, sep))) return usual;
  return existsSync(named) &&
    realpathSync(named) === join(realpathSync(folder), relative(folder, named))
    ? named
    : usual;
}

/** Undefined where there is none, and for what is a link. */
function readPlainFile(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return undefined;
  if (stats.size <= LARGEST_FILE) return readFileSync(path, 'utf8');
  throw new RangeError(`${path}: it has ${stats.size} bytes, more than ${LARGEST_FILE}`);
}
