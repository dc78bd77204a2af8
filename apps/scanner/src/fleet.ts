import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { failOnName, failOnNames } from '@pindrift/pin';
import {
  type Config,
  type FieldRule,
  fieldsShape,
  type IgnoreRule,
  ignoresShape,
  listOf,
  mapping,
  problemsOf,
  readPlain,
  refuse,
  registryKeys,
  textThat,
} from '@pindrift/pin/config';
import { parseDuration } from '@pindrift/scan';
import { ScannerError } from './scanner-error.ts';

/** `fleet.yaml`: what is scanned, and by which rules. */
export interface Fleet extends Partial<Pick<Config, RegistryKey>> {
  /** Absolute, or as they came from the command line. */
  readonly sources?: readonly string[];
  /** The file that keeps what was seen, or `none`. */
  readonly store?: string;
  /** `72h` */
  readonly settle?: string;
  /** Globs of repositories that expire what has no tag. */
  readonly retention?: readonly string[];
  readonly failOn?: readonly string[];
  readonly ignore?: readonly IgnoreRule[];
  readonly fields?: readonly FieldRule[];
  /** What relative paths in it are relative to. */
  readonly folder: string;
  readonly file: string | undefined;
}

/** As in `pindrift.yaml`. */
type RegistryKey =
  | 'registries'
  | 'registriesConf'
  | 'hostsDirectory'
  | 'pullSecrets'
  | 'clusterPullSecrets'
  | 'ambientAuth';

const fleetShape = mapping({
  sources: listOf(textThat()),
  store: textThat(),
  settle: textThat((text) =>
    parseDuration(text) === undefined ? 'must be a time such as 72h, 3d or 30m' : undefined,
  ),
  retention: listOf(textThat()),
  failOn: listOf(
    textThat((text) =>
      failOnName(text) === undefined ? `must be one of ${failOnNames()}` : undefined,
    ),
  ),
  ignore: ignoresShape,
  fields: fieldsShape,
  ...registryKeys,
});

/**
 * Reads a `fleet.yaml`; its sources and its store are relative to it. Throws `PinError` with file,
 * line and column for whatever in it is not as it should be.
 */
export async function readFleet(file: string, cwd: string): Promise<Fleet> {
  const text = await readText(resolve(cwd, file), file);
  const value = (await readPlain(text, file, 'bad-config')) ?? {};
  const problems = problemsOf(value, fleetShape);
  if (problems.length > 0) await refuse({ file, text, code: 'bad-config' }, problems);
  const { sources, store, ...fleet } = value as Partial<Fleet>;
  const folder = dirname(resolve(cwd, file));
  return {
    ...fleet,
    ...(sources && { sources: sources.map((source) => resolve(folder, source)) }),
    ...(store && { store: store === 'none' ? store : resolve(folder, store) }),
    folder,
    file,
  };
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScannerError('cannot-read', `${shown}: could not be read: ${reason}`, {
      cause: error,
    });
  }
}
