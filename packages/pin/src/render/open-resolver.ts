import { createRegistry, type HostSettings } from '@pindrift/registry';
import type { Resolve } from '../pin-context.ts';

/** Settings by registry host, read when they are needed: they may name variables that are not set. */
export type Hosts = () => Readonly<Record<string, HostSettings>>;

export interface Resolver {
  readonly resolve: Resolve;
  close(): Promise<void>;
}

/** Asks registries. Import it lazily: it loads the registry client. */
export function openResolver(hosts: Hosts = () => ({})): Resolver {
  const registry = createRegistry({ hosts: hosts() });
  return {
    resolve: (reference) => registry.resolve(reference),
    close: () => registry.close(),
  };
}
