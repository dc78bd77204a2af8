import { capturedStream } from '@pindrift/testing';
import type { Io } from '../io.ts';
import { run } from '../run.ts';

/** What one run did. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScannerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly isTTY?: boolean;
}

/** Runs a command line in a folder without a process of its own; nothing of the tests' environment gets in. */
export async function scanner(
  cwd: string,
  argv: readonly string[],
  options: ScannerOptions = {},
): Promise<Said> {
  const [stdout, stderr] = [capturedStream(options), capturedStream(options)];
  const io: Io = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { HOME: cwd, ...options.env },
    cwd,
    now: () => options.now ?? Date.parse('2026-11-21T03:00:00Z'),
    signal: new AbortController().signal,
  };
  const code = await run(argv, io);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
