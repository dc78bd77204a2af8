import { printable } from '@pindrift/report/printable';
import { CommanderError } from 'commander';
import { type Io, write } from './io.ts';
import type { ExitCode } from './verb.ts';

export interface FailureOptions {
  /** Also shows what caused it, one line each; default false. */
  readonly verbose?: boolean;
}

/** Causes nest at most a few deep; a cycle must not hang the report about it. */
const DEEPEST_CAUSE = 8;

/** Says on stderr what failed, and returns the exit code that belongs to it. */
export async function reportFailure(
  io: Io,
  error: unknown,
  options: FailureOptions = {},
): Promise<ExitCode> {
  // Commander has said it already, or was asked for help or the version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  // Whoever reads our stdout has seen enough (`| head`); it is no news to the user.
  if (codeOf(error) === 'EPIPE') return 2;
  await write(io.stderr, describeFailure(error, options)).catch(() => undefined);
  return 2;
}

/** `pindrift: ` and the message; with `verbose`, the causes below it. */
export function describeFailure(error: unknown, options: FailureOptions = {}): string {
  const lines = [`pindrift: ${printable(sentence(error))}`];
  if (options.verbose === true) {
    for (const cause of causes(error)) lines.push(`  because: ${printable(sentence(cause))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What the system's own errors mean here; all others carry their sentence. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'write') return `stdout cannot be written: ${error.message}`;
  if (isOurs(error)) return error.message;
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`;
}

function isOurs(error: Error): boolean {
  return /^(Cli|Pin|Scan|Registry|Forge|Documents|Report)Error$|^BadReference$/.test(error.name);
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  let cause = causeOf(error);
  while (cause !== undefined && found.length < DEEPEST_CAUSE) {
    found.push(cause);
    cause = causeOf(cause);
  }
  return found;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
