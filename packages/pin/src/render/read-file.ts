import { readFileSync } from 'node:fs';
import { PinError } from '../pin-error.ts';

/** The bytes of a file that somebody named. Throws `PinError` `cannot-read`, with that name. */
export function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PinError('cannot-read', `${file} could not be read: ${reason}`, { cause });
  }
}
