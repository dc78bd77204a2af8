import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { replaceFile } from '@pindrift/pin';
import { CliError } from '../cli-error.ts';

/** A file as it was read, and as it is to be. */
export interface ChangedFile {
  /** As the user would write it. */
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Replaces files, each whole or not at all. Before the first is touched, all are looked at: one
 * that changed since it was read, or that may not be written, leaves all as they are.
 */
export async function writeFiles(files: readonly ChangedFile[], cwd: string): Promise<void> {
  for (const file of files) await refuseIfUnfit(file, cwd);
  const written: string[] = [];
  for (const { file, after } of files) {
    try {
      await replaceFile(resolve(cwd, file), after);
      written.push(file);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const done = written.length === 0 ? 'nothing' : written.join(', ');
      throw new CliError('cannot-write', `${reason}; written before it: ${done}`, { cause });
    }
  }
}

async function refuseIfUnfit({ file, before }: ChangedFile, cwd: string): Promise<void> {
  const path = resolve(cwd, file);
  const problem = await unfit(path, before).catch((error: unknown) => String(error));
  if (problem === undefined) return;
  throw new CliError('cannot-write', `${file}: ${problem}; nothing was written`);
}

async function unfit(path: string, before: Uint8Array): Promise<string | undefined> {
  await access(path, constants.W_OK);
  const now = await readFile(path);
  return now.equals(before) ? undefined : 'it changed while it was being pinned; run this again';
}
