import { homedir } from 'node:os';
import { systemClock } from '../clock.ts';
import type { RegistryOptions } from '../registry-options.ts';
import { createSettings } from '../settings/settings.ts';
import type { ambientKeychain } from './ambient/ambient.ts';
import { configuredKeychain } from './configured.ts';
import { dockerKeychain } from './docker-keychain.ts';
import { firstOf, type Keychain } from './keychain.ts';
import type { ClusterSecrets } from './kubernetes/cluster.ts';
import type { KubernetesOptions } from './kubernetes/kubernetes-keychain.ts';
import { pullSecretKeychain } from './pull-secret.ts';

/**
 * The usual order: what the settings of a registry say, then what the user logged in to (files of
 * docker and podman, with their helpers), then the pull secrets he gave or lets be read from a cluster, then who this machine is
 * in the cloud that owns the registry.
 */
export function defaultKeychain(
  options: Pick<
    RegistryOptions,
    'hosts' | 'environment' | 'home' | 'pullSecrets' | 'kubernetes' | 'ambient' | 'clock' | 'warn'
  > = {},
): Keychain {
  const environment = options.environment ?? process.env;
  const home = options.home ?? homedir();
  const found = firstOf([
    dockerKeychain({ environment, home }),
    pullSecretKeychain(options.pullSecrets ?? []),
    ...(options.kubernetes === undefined
      ? []
      : [ofCluster(options.kubernetes, { environment, warn: options.warn ?? (() => undefined) })]),
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

/** Loaded, and asked, with the first question that nothing before it answers. */
function ofCluster(source: ClusterSecrets, options: KubernetesOptions): Keychain {
  let loaded: Promise<Keychain> | undefined;
  return async (target) => {
    loaded ??= import('./kubernetes/kubernetes-keychain.ts').then((module) =>
      module.kubernetesKeychain(source, options),
    );
    return (await loaded)(target);
  };
}
