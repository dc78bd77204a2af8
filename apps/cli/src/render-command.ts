import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

/** What a render command printed, and the file in which our own programs wrote what they saw. */
export interface Rendered {
  readonly stdout: Uint8Array;
  readonly record: string;
}

/** The end of what a failing command said; characters. */
const SHOWN_STDERR = 4000;

/**
 * Runs a shell command that renders manifests, with `PINDRIFT_RECORD` naming a file: there our KRM
 * function and post-renderer write what they see, and pass it on instead of refusing it. The file
 * is gone when `use` has returned.
 */
export async function withRendered<Result>(
  command: string,
  io: Io,
  use: (rendered: Rendered) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'pindrift-'));
  try {
    const record = join(folder, 'record');
    const stdout = await runShell(command, { ...io.env, PINDRIFT_RECORD: record }, io);
    return await use({ stdout, record });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runShell(command: string, env: NodeJS.ProcessEnv, io: Io): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      cwd: io.cwd,
      env,
      signal: io.signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', (cause) => reject(failed(command, cause.message, said, cause)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(failed(command, signal ?? `exit code ${code}`, said));
    });
  });
}

function failed(command: string, how: string, said: readonly Buffer[], cause?: Error): CliError {
  const text = Buffer.concat(said).toString('utf8').trim();
  const shown = text.length > SHOWN_STDERR ? `…${text.slice(-SHOWN_STDERR)}` : text;
  const message = `the command given to --render failed (${how}): ${command}`;
  return new CliError('render-failed', shown === '' ? message : `${message}\n${shown}`, { cause });
}
