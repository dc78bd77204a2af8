import { homedir } from 'node:os';
import { systemClock } from '../clock.ts';
import type { RegistryOptions } from '../registry-options.ts';
import { createSettings } from '../settings/settings.ts';
import type { ambientKeychain } from './ambient/ambient.ts';
import { configuredKeychain } from './configured.ts';
import { dockerKeychain } from './docker-keychain.ts';
import { firstOf, type Keychain } from './keychain.ts';
import { pullSecretKeychain } from './pull-secret.ts';

/**
 * The usual order: what the settings of a registry say, then what the user logged in to (files of
 * docker and podman, with their helpers), then the pull secrets he gave, then who this machine is
 * in the cloud that owns the registry.
 */
export function defaultKeychain(
  options: Pick<
    RegistryOptions,
    'hosts' | 'environment' | 'home' | 'pullSecrets' | 'ambient' | 'clock'
  > = {},
): Keychain {
  const environment = options.environment ?? process.env;
  const home = options.home ?? homedir();
  const found = firstOf([
    dockerKeychain({ environment, home }),
    pullSecretKeychain(options.pullSecrets ?? []),
    ...(options.ambient === false
      ? []
      : [lazily({ environment, home, clock: options.clock ?? systemClock })]),
  ]);
  return configuredKeychain(createSettings(options), environment, found);
}

/** Loaded with the first question that no file answers. */
function lazily(options: Parameters<typeof ambientKeychain>[0]): Keychain {
  let loaded: Promise<Keychain> | undefined;
  return async (target) => {
    loaded ??= import('./ambient/ambient.ts').then((module) => module.ambientKeychain(options));
    return (await loaded)(target);
  };
}
