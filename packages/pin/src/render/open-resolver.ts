import type { Registry } from '@pindrift/registry';
import type { Resolve } from '../pin-context.ts';

/** What the transport needs; `undici` says so under `engines`. */
const NEEDED = [22, 19] as const;

export interface Resolver {
  readonly resolve: Resolve;
  close(): Promise<void>;
}

/**
 * Asks registries. Loads what that takes with the first question: a render whose images are all in
 * the lock asks none. Throws an `Error` where this Node is too old for it.
 */
export function openResolver(): Resolver {
  refuseOldNode();
  let registry: Promise<Registry> | undefined;
  return {
    async resolve(reference) {
      registry ??= import('@pindrift/registry').then(({ createRegistry }) => createRegistry());
      return (await registry).resolve(reference);
    },
    async close() {
      await (await registry)?.close();
    },
  };
}

function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new Error(
    `mode resolve needs Node ${NEEDED.join('.')} or newer; this is ${process.version}, which runs mode locked`,
  );
}
