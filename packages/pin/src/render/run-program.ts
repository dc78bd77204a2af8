import { writeAll } from './write-all.ts';

/** Could not finish, or bad usage: something is unknown. */
const FAILED = 2;

/**
 * Runs a program's body and sets the exit code it returns. What it throws goes to stderr as
 * `<name>: <message>` with exit code 2. The process then ends by itself: `process.exit` could cut
 * off what a pipe has not taken yet.
 */
export async function runProgram(name: string, body: () => Promise<number>): Promise<void> {
  // Until there is an answer: a process whose last promise never settles ends without a word.
  process.exitCode = FAILED;
  try {
    process.exitCode = await body();
  } catch (error) {
    process.exitCode = FAILED;
    complain(`${name}: ${sentence(error)}\n`);
  }
}

/** Writes an answer that is no manifest to stdout. Returns the exit code. */
export function say(text: string): 0 {
  writeAll(1, Buffer.from(text));
  return 0;
}

/** Writes to stderr, and is content when nobody reads it: the exit code says the same. */
export function complain(text: string): void {
  try {
    writeAll(2, Buffer.from(text));
  } catch {
    // Nothing is left to say it to.
  }
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EPIPE') return 'stdout was closed before everything was written';
  if (syscall === 'write') return `stdout cannot be written: ${error.message}`;
  if (syscall === 'read') return `stdin cannot be read: ${error.message}`;
  return error.message;
}
