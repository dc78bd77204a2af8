import { run } from './run.ts';

const controller = new AbortController();

// The scan ends with what it has: that is stored and reported, and the exit code is 2.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => controller.abort());
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
  process.exitCode = await run(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    signal: controller.signal,
  });
  // Requests that a silent registry never answers would keep the process for a minute.
  if (controller.signal.aborted) process.exit();
}
