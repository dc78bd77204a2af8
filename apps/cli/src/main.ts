import type { Io } from './io.ts';
import { run } from './run.ts';

const controller = new AbortController();
let received: NodeJS.Signals | undefined;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    received = signal;
    controller.abort();
  });
}

// A reader that has gone shows as the error of the write that met it; without a listener it would
// also be thrown once more, as an event.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

void main();

/**
 * No top-level await: in the bundle what is loaded lazily imports this file, and would wait for it
 * while it waits for them. Until there is an answer the exit code says that there is none.
 */
async function main(): Promise<void> {
  process.exitCode = 2;
  const cwd = workingFolder();
  if (cwd === undefined) return;
  process.exitCode = await run(process.argv.slice(2), createIo(cwd));
  // End as the signal would have ended it, so that a shell or a CI runner sees that it was stopped.
  if (received !== undefined) process.kill(process.pid, received);
}

function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    process.stderr.write('pindrift: the working directory is gone; change to one that exists\n');
    return undefined;
  }
}

function createIo(cwd: string): Io {
  return {
    stdin: () => process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd,
    today: new Date().toISOString().slice(0, 10),
    signal: controller.signal,
    writing: new Set(),
  };
}
