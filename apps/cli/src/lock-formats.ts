import { FORMATS, type Format } from '@pindrift/pin';
import { CliError } from './cli-error.ts';

/** The formats of other tools, as they are named on the command line. */
export const FORMAT_NAMES: readonly string[] = FORMATS.map(({ name }) => name);

/** The format of that name. */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found === undefined) {
    throw new CliError('usage', `there is no format ${name}; known are ${FORMAT_NAMES.join(', ')}`);
  }
  return found;
}
