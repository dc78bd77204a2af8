import { writeSync } from 'node:fs';
import { wait } from './wait.ts';

/** POSIX: a pipe takes this many bytes whole or not at all, whatever interrupts the writer. */
const ATOMIC_BYTES = 4096;

/**
 * Writes all bytes to a descriptor before it returns, also to one that does not block. Throws what
 * the system says when it cannot (`EPIPE`: whoever was reading has gone).
 *
 * `process.stdout` is not used: it may return before a pipe has taken everything, and a process that
 * exits then leaves its reader with half of the manifests and an exit code of 0.
 */
export function writeAll(descriptor: number, bytes: Uint8Array): void {
  let attempt = 0;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at, bytes.length - at);
      attempt = 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      wait(attempt++);
    }
  }
}

/**
 * The same, and a SIGTERM that comes half-way takes effect when all is written: whoever reads gets
 * everything or nothing, and the process still ends by the signal.
 */
export async function writeWhole(descriptor: number, bytes: Uint8Array): Promise<void> {
  if (bytes.length <= ATOMIC_BYTES) {
    writeAll(descriptor, bytes);
    return;
  }
  const end = (): void => {
    process.kill(process.pid, 'SIGTERM');
  };
  process.once('SIGTERM', end);
  try {
    writeAll(descriptor, bytes);
    // A signal that arrived meanwhile is handed out when the event loop turns.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener('SIGTERM', end);
  }
}
