import { access, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PinError } from '../pin-error.ts';
import { readPlain } from '../plain-value.ts';
import { refuse } from '../shape/refuse.ts';
import { problemsOf } from '../shape/shape.ts';
import type { Config } from './config.ts';
import { configShape } from './config-shape.ts';

export const CONFIG_FILE = 'pindrift.yaml';
export const LOCK_FILE = 'images.lock.yaml';

export interface LoadConfigOptions {
  /** The file to read instead of looking for one; it must be there. */
  readonly file?: string | undefined;
}

/**
 * The configuration that holds for a folder: `pindrift.yaml` there or in a folder above it, up to the
 * root of the repository. Without one, all defaults.
 *
 * Throws `PinError` `bad-config` with file, line, column and the source line for whatever in it is
 * not known or not as it should be; `cannot-read` for a file that was named and cannot be read.
 */
export async function loadConfig(folder: string, options: LoadConfigOptions = {}): Promise<Config> {
  const file = options.file ?? (await findUpward(resolve(folder)));
  if (file === undefined) return configOf({}, undefined, resolve(folder));
  return await readConfig(await readText(file), file);
}

/** Reads the text of a `pindrift.yaml`; `file` names it, and its folder is where paths begin. */
export async function readConfig(text: string, file: string): Promise<Config> {
  const value = isEmpty(text) ? {} : await readPlain(text, file, 'bad-config');
  const problems = problemsOf(value, configShape);
  if (problems.length > 0) await refuse({ file, text, code: 'bad-config' }, problems);
  return configOf(value as Partial<Config>, file, dirname(resolve(file)));
}

/** Nothing but comments, as `pindrift init` may leave it. */
function isEmpty(text: string): boolean {
  return (
    text
      .replace(/^\uFEFF/, '')
      .replace(/#.*$|^---\s*$/gm, '')
      .trim() === ''
  );
}

function configOf(value: Partial<Config>, file: string | undefined, folder: string): Config {
  const { lock = LOCK_FILE, settings = {}, ignore = [], fields = [], registries = {} } = value;
  const filled = { settings, ignore, fields, registries };
  return { ...value, ...filled, file, folder, lock: resolve(folder, lock) };
}

async function findUpward(folder: string): Promise<string | undefined> {
  const file = join(folder, CONFIG_FILE);
  if (await exists(file)) return file;
  const above = dirname(folder);
  // A work tree has `.git` as a file, a clone as a folder.
  if (above === folder || (await exists(join(folder, '.git')))) return undefined;
  return await findUpward(above);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PinError('cannot-read', `${file}: could not be read: ${reason}`, { cause: error });
  }
}
