import { createRegistry } from '@pindrift/registry';
import type { RegistrySettings } from '../config/registry-settings.ts';
import type { Resolve } from '../pin-context.ts';
import { complain } from './run-program.ts';

/** Settings of registries, read when they are needed: they may name variables that are not set. */
export type Registries = () => Promise<RegistrySettings>;

export interface Resolver {
  readonly resolve: Resolve;
  close(): Promise<void>;
}

/** Asks registries. Import it lazily: it loads the registry client. */
export async function openResolver(registries: Registries | undefined): Promise<Resolver> {
  const { warnings = [], ...settings } = (await registries?.()) ?? {};
  const warn = (message: string): void => complain(`pindrift: ${message}\n`);
  warnings.forEach(warn);
  const registry = createRegistry({ ...settings, warn });
  return {
    resolve: (reference) => registry.resolve(reference),
    close: () => registry.close(),
  };
}
