import { fstatSync, statSync } from 'node:fs';
import { readAll } from './read-all.ts';

/**
 * All of stdin. Throws an `Error` where it is a terminal: nobody types manifests, so the program was
 * started without what it reads.
 */
export async function readStdin(): Promise<Uint8Array> {
  if (await isTerminal(0)) throw new Error('stdin is a terminal; see --help');
  return readAll(0);
}

/** Asks `node:tty` only about what can be one, because it loads the network modules. */
async function isTerminal(descriptor: number): Promise<boolean> {
  const stat = fstatSync(descriptor);
  if (!stat.isCharacterDevice()) return false;
  if (process.platform !== 'win32' && stat.rdev === statSync('/dev/null').rdev) return false;
  const { isatty } = await import('node:tty');
  return isatty(descriptor);
}
