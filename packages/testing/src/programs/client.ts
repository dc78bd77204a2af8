import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Paths of the real programs that are on this machine, by name. */
    clients: Readonly<Record<string, string>>;
  }
}

/**
 * Absolute path of a real program, for tests that run under `npm run test:clients`. Throws an
 * error that says how to install it where it is missing: such a test fails, it is not skipped.
 */
export function client(name: string): string {
  const path = inject('clients')[name];
  if (path === undefined) {
    throw new Error(`${name} is not installed: run 'node tools/clients.ts'`);
  }
  return path;
}
