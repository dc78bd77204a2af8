import { type ImageReference, parseReference } from '@pindrift/reference';
import { createRegistry } from '../create-registry.ts';
import type { Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import type { RegistryOptions } from '../registry-options.ts';
import { turningClock } from './turning-clock.ts';

/** A client that knows nothing of the machine it runs on, never really waits, and closes itself. */
export function client(options: RegistryOptions = {}): Registry & AsyncDisposable {
  const registry = createRegistry({
    environment: {},
    home: '/nonexistent',
    clock: turningClock(),
    ...options,
  });
  return { ...registry, [Symbol.asyncDispose]: registry.close };
}

/** The reference to a tag or digest in a server of this test. */
export function named(
  server: { reference(name: string, reference: string): string },
  name: string,
  reference: string,
): ImageReference {
  return parseReference(server.reference(name, reference));
}

/** The `RegistryError` with which a promise is rejected; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<RegistryError> {
  const outcome = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (outcome instanceof RegistryError) return outcome;
  throw outcome;
}

/** Addresses of the documentation range that tests let stand for the public internet. */
const somewherePublic = '203.0.113.10';

/**
 * Options by which `host` names look public, although their packets go to loopback. Other names
 * resolve to the addresses given for them, and are really dialled there.
 */
export function internet(
  publicHosts: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Pick<RegistryOptions, 'network'> {
  return {
    network: {
      lookup: async (hostname) => {
        const address = publicHosts.includes(hostname) ? somewherePublic : others[hostname];
        return address === undefined ? [] : [{ address, family: address.includes(':') ? 6 : 4 }];
      },
      route: (address) => (address === somewherePublic ? '127.0.0.1' : address),
    },
  };
}

/** All chunks of a stream, as one. */
export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
