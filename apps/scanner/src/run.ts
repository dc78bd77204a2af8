import { printable } from '@pindrift/report/printable';
import { CommanderError } from 'commander';
import { createProgram } from './call.ts';
import { type Io, write } from './io.ts';
import { runJob } from './job.ts';

/** Runs one command line (without `node` and the program) and returns its exit code; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  let code: 0 | 1 | 2 = 0;
  const program = createProgram(io, async (call) => {
    code = await runJob(call, io);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already, or was asked for help or the version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    await write(io.stderr, `pindrift-scanner: ${printable(sentence(error))}\n`).catch(
      () => undefined,
    );
    return 2;
  }
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ours = /^(Scanner|Scan|Pin|Registry)Error$/.test(error.name);
  return ours || error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
