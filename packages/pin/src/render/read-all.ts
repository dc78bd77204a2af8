import { fstatSync, readSync } from 'node:fs';
import { wait } from './wait.ts';

/** Linux hands a pipe over in pieces of at most 64 KiB; see pipe(7). */
const FIRST_BYTES = 64 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;
/** One read(2) moves less than 2 GiB. */
const MOST_AT_ONCE = 1024 ** 3;

/**
 * All bytes of a descriptor up to its end; a closed one has none. Reads pipes, files, sockets and
 * terminals, also those that do not block. Throws what the system says when it cannot be read.
 *
 * `process.stdin` is not used: it costs start-up time and loads the network modules.
 */
export function readAll(descriptor: number): Uint8Array {
  const filled: Uint8Array[] = [];
  let size = expectedSize(descriptor);
  for (;;) {
    const piece = Buffer.allocUnsafeSlow(size);
    const length = fill(descriptor, piece);
    filled.push(piece.subarray(0, length));
    if (length < piece.length) break;
    size = Math.min(size * 2, MOST_BYTES);
  }
  return filled.length === 1 && filled[0] !== undefined ? filled[0] : Buffer.concat(filled);
}

/** A file says how long it is; one byte more is where its end shows without another buffer. */
function expectedSize(descriptor: number): number {
  const { size } = fstatSync(descriptor);
  return size > 0 ? Math.min(size + 1, MOST_AT_ONCE) : FIRST_BYTES;
}

/** Returns how many bytes it read: fewer than there is room for only at the end of the input. */
function fill(descriptor: number, buffer: Uint8Array): number {
  let at = 0;
  for (let attempt = 0; at < buffer.length; ) {
    try {
      const count = readSync(descriptor, buffer, at, buffer.length - at, null);
      if (count === 0) break;
      at += count;
      attempt = 0;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') break; // Windows: the other end of the pipe was closed
      if (code !== 'EAGAIN') throw error;
      wait(attempt++);
    }
  }
  return at;
}
