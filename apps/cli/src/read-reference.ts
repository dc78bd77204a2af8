import { type ImageReference, parseReference } from '@pindrift/reference';
import { CliError } from './cli-error.ts';

/** The argument as a reference, or an error that says which argument is none and why. */
export function readReference(argument: string, option?: string): ImageReference {
  try {
    return parseReference(argument);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const where = option === undefined ? '' : `${option}: `;
    throw new CliError('usage', `${where}${reason}`, { cause });
  }
}
