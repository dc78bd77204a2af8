import { type FailOn, failOnName, failOnNames } from '@pindrift/pin';
import { CliError } from './cli-error.ts';

/** The names given with `--fail-on`, or an error that lists what there is. */
export function readFailOn(names: readonly string[]): FailOn {
  return names.map((name) => {
    const found = failOnName(name);
    if (found !== undefined) return found;
    const known = failOnNames();
    throw new CliError('usage', `--fail-on ${name}: there is no such finding; known are ${known}`);
  });
}
