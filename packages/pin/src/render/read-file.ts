import { existsSync, readFileSync } from 'node:fs';
import { PinError } from '../pin-error.ts';

/** The text of a lock. Throws `PinError` `cannot-read`; where there is none, with what makes one. */
export function readLockText(file: string): string {
  if (existsSync(file)) return readFile(file).toString();
  const help = "make it with 'pindrift lock'";
  throw new PinError('cannot-read', `${file}: there is no such lock; ${help}`);
}

/** The bytes of a file that somebody named. Throws `PinError` `cannot-read`, with that name. */
export function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PinError('cannot-read', `${file} could not be read: ${reason}`, { cause });
  }
}
