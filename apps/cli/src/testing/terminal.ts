import { capturedStream } from '@pindrift/testing';
import type { Io } from '../io.ts';
import { run } from '../run.ts';

/** What one call of the command line did. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerminalOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether stdout and stderr are terminals; default false. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly today?: string;
  readonly signal?: AbortSignal;
  /** How bytes on stdout and stderr become text; default utf8. */
  readonly encoding?: BufferEncoding;
}

/**
 * Runs a command line in a folder without a process of its own, so that tests are fast and run side
 * by side. Nothing of the environment of the tests gets in but PATH.
 */
export async function pindrift(
  cwd: string,
  argv: readonly string[],
  options: TerminalOptions = {},
): Promise<Said> {
  const [stdout, stderr] = [capturedStream(options), capturedStream(options)];
  const io: Io = {
    stdin: async function* () {
      yield Buffer.from(options.input ?? '');
    },
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { PATH: process.env.PATH, HOME: cwd, ...options.env },
    cwd,
    today: options.today ?? '2026-11-21',
    signal: options.signal ?? new AbortController().signal,
    writing: new Set(),
  };
  const code = await run(argv, io);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
