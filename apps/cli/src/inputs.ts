import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { listFiles, type SkippedPath } from '@pindrift/forge';
import { CliError } from './cli-error.ts';
import { type Io, readStdin } from './io.ts';

/** A text to look for images in. */
export interface Input {
  /** As the user would write it; `-` for stdin. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A file that is listed and could not be read. */
export interface UnreadableInput {
  readonly file: string;
  readonly problem: string;
}

export interface InputOptions {
  /** False also reads what git ignores, and the folders that are skipped; default true. */
  readonly ignore?: boolean;
}

export interface Inputs {
  readonly files: AsyncIterable<Input | UnreadableInput>;
  readonly count: number;
  /** What was not read, and why. */
  readonly skipped: readonly SkippedPath[];
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Rendered manifests of the largest charts stay below a tenth of this; bytes. */
const LARGEST_FILE = 256 * 1024 * 1024;

/**
 * What the arguments name: stdin for `-`, the YAML and JSON files of folders as git sees them, and
 * files whatever they are called. No argument means the working directory. A path that does not
 * exist is an error; everything else that could not be read is in `skipped`.
 */
export async function openInputs(
  args: readonly string[],
  io: Io,
  options: InputOptions = {},
): Promise<Inputs> {
  if (args.includes('-')) return stdinInput(args, io);
  const { files, skipped } = await listFiles(args.length === 0 ? ['.'] : args, {
    cwd: io.cwd,
    ignore: options.ignore ?? true,
    extensions: EXTENSIONS,
    maxBytes: LARGEST_FILE,
  });
  const missing = skipped.find(({ code }) => code === 'missing');
  if (missing !== undefined) throw new CliError('not-found', missing.message);
  const paths = files.map(({ path }) => path);
  return { files: readEach(paths, io), count: paths.length, skipped };
}

function stdinInput(args: readonly string[], io: Io): Inputs {
  if (args.length > 1) {
    throw new CliError('usage', "'-' reads stdin and stands alone; leave the paths out");
  }
  const files = (async function* () {
    yield { file: '-', bytes: await readStdin(io) };
  })();
  return { files, count: 1, skipped: [] };
}

async function* readEach(paths: readonly string[], io: Io): AsyncIterable<Input | UnreadableInput> {
  for (const file of paths) yield await readOne(file, io);
}

async function readOne(file: string, io: Io): Promise<Input | UnreadableInput> {
  try {
    return { file, bytes: await readFile(resolve(io.cwd, file)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, problem: `${file}: cannot be read: ${reason}` };
  }
}
