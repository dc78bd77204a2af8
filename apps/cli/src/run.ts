import { CliError } from './cli-error.ts';
import { reportFailure } from './failure.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import type { ExitCode } from './verb.ts';

/** Runs one command line (without `node` and the program) and returns its exit code; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await Promise.race([runProgram(withHelpVerb(argv), io), interruption(io)]);
  } catch (error) {
    return await reportFailure(io, error, { verbose: isVerbose(argv) });
  }
}

async function runProgram(argv: readonly string[], io: Io): Promise<ExitCode> {
  let done: ExitCode = 0;
  const program = createProgram(io, (exitCode) => {
    done = exitCode;
  });
  await program.parseAsync(argv, { from: 'user' });
  return done;
}

/** `pindrift help lock` is what people type; `pindrift lock --help` is what commander loads verbs for. */
function withHelpVerb(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/** Rejects when the user stops the program, once no file is being written any more. */
function interruption({ signal, writing }: Io): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = async (): Promise<void> => {
      await Promise.allSettled(writing);
      reject(new CliError('interrupted', 'stopped'));
    };
    if (signal.aborted) void stop();
    else signal.addEventListener('abort', () => void stop(), { once: true });
  });
}

/** Also when the command line could not be parsed. */
function isVerbose(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  return options.includes('--verbose') || options.includes('-v');
}
