import { resolve } from 'node:path';
import type { HostSettings } from '@pindrift/registry';
import { PinError } from '../pin-error.ts';
import type { Config, CredentialsConfig, RegistryConfig } from './config.ts';

/**
 * The registries of a configuration as `createRegistry` takes them under `hosts`: paths made
 * absolute, credentials read from the environment variables that the configuration names.
 *
 * Throws `PinError` `bad-config` where such a variable is not set.
 */
export function registryHosts(
  { registries, folder, file = 'pindrift.yaml' }: Pick<Config, 'registries' | 'folder' | 'file'>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, HostSettings> {
  const hosts = Object.entries(registries).map(([host, registry]): [string, HostSettings] => {
    const { credentials, ca, cert, key, ...rest } = registry;
    const where = `${file}: registries[${JSON.stringify(host)}].credentials`;
    return [
      host,
      {
        ...rest,
        ...pathsIn(folder, { ca, cert, key }),
        ...(credentials === undefined
          ? undefined
          : { credentials: read(credentials, environment, where) }),
      },
    ];
  });
  return Object.fromEntries(hosts);
}

function pathsIn(
  folder: string,
  files: { [key in 'ca' | 'cert' | 'key']: RegistryConfig[key] | undefined },
): Pick<HostSettings, 'ca' | 'cert' | 'key'> {
  const named = Object.entries(files).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(named.map(([name, path]) => [name, resolve(folder, path ?? '')]));
}

function read(
  credentials: CredentialsConfig,
  environment: Readonly<Record<string, string | undefined>>,
  where: string,
): NonNullable<HostSettings['credentials']> {
  const variable = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new PinError('bad-config', `${where}: the environment variable ${name} is not set`);
  };
  if (credentials === 'anonymous' || 'helper' in credentials) return credentials;
  if ('tokenEnv' in credentials) return { token: variable(credentials.tokenEnv) };
  const { usernameEnv, passwordEnv } = credentials;
  return { username: variable(usernameEnv), password: variable(passwordEnv) };
}
