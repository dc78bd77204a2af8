import { execFile } from 'node:child_process';
import type { Io } from '../io.ts';

export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Starting a program and printing a version takes longer only when something is wrong; ms. */
const PATIENCE = 10_000;

/**
 * What a program prints, whatever its exit code: one that fails may still have said its version.
 * Undefined where there is no such program on PATH.
 */
export function programOutput(
  name: string,
  args: readonly string[],
  io: Io,
): Promise<ProgramOutput | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: io.cwd, env: { ...io.env }, timeout: PATIENCE, signal: io.signal };
    const child = execFile(name, [...args], options, (error, stdout, stderr) => {
      const absent = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
      resolve(absent ? undefined : { stdout, stderr });
    });
    child.stdin?.end();
  });
}
