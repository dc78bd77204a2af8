import { readFileSync } from 'node:fs';
import { PinError } from '../pin-error.ts';

/** The text of a lock. Throws `PinError` `cannot-read`; where there is none, with what makes one. */
export function readLockText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const help = "make it with 'pindrift lock'";
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(file, cause);
    throw new PinError('cannot-read', `${file}: there is no such lock; ${help}`, { cause });
  }
}

/** The bytes of a file that somebody named. Throws `PinError` `cannot-read`, with that name. */
export function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): PinError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PinError('cannot-read', `${file} could not be read: ${reason}`, { cause });
}
