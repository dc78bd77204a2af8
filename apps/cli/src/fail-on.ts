import { FINDING_CODES, findingCode } from '@pindrift/pin';
import { CliError } from './cli-error.ts';
import type { FailOn } from './verb.ts';

const LEVELS = ['error', 'warning', 'info', 'none'] as const;

/** The names given with `--fail-on`, or an error that lists what there is. */
export function readFailOn(names: readonly string[]): FailOn {
  return names.map((name) => {
    const found = LEVELS.find((level) => level === name) ?? findingCode(name);
    if (found !== undefined) return found;
    const known = [...LEVELS, ...Object.keys(FINDING_CODES)].join(', ');
    throw new CliError('usage', `--fail-on ${name}: there is no such finding; known are ${known}`);
  });
}
