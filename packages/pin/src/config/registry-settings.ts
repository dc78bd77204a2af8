import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { HostSettings, ImportedSettings, RegistryOptions } from '@pindrift/registry';
import { PinError } from '../pin-error.ts';
import type { ClusterPullSecrets, Config } from './config.ts';
import { registryHosts } from './registry-hosts.ts';

/** What a configuration says of registries, as `createRegistry` takes it. */
export interface RegistrySettings extends Pick<RegistryOptions, 'ambient' | 'kubernetes'> {
  readonly hosts: Readonly<Record<string, HostSettings>>;
  readonly pullSecrets: readonly unknown[];
  /** What in the files of other programs cannot be honoured here. */
  readonly warnings: readonly string[];
}

/** The part of a configuration that is about registries. */
export type RegistryConfiguration = Pick<
  Config,
  | 'file'
  | 'folder'
  | 'registries'
  | 'registriesConf'
  | 'hostsDirectory'
  | 'pullSecrets'
  | 'clusterPullSecrets'
  | 'ambientAuth'
>;

/**
 * The registries of a configuration, with the files that it names read. For one host, key by key,
 * `registries` wins over containerd's `hosts.toml`, and that over podman's `registries.conf`.
 *
 * Throws `PinError` with the key of the configuration: `cannot-read` for a file that cannot be read,
 * `bad-config` for one that is not what it should be, and for an environment variable that is not set.
 */
export async function registrySettings(
  config: RegistryConfiguration,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RegistrySettings> {
  const {
    registriesConf,
    hostsDirectory,
    pullSecrets = [],
    clusterPullSecrets,
    ambientAuth,
  } = config;
  const imported = await Promise.all([
    registriesConf && importFrom('registriesConf', registriesConf, config),
    hostsDirectory && importFrom('hostsDirectory', hostsDirectory, config),
  ]);
  const found = imported.filter((one) => typeof one === 'object');
  const secrets = await Promise.all(pullSecrets.map((path) => secretsIn(path, config)));
  return {
    hosts: merged([...found.map(({ hosts }) => hosts), registryHosts(config, environment)]),
    pullSecrets: secrets.flat(),
    ...(clusterPullSecrets && { kubernetes: clusterSecrets(clusterPullSecrets, config) }),
    ...(ambientAuth !== undefined && { ambient: ambientAuth }),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

type Hosts = RegistrySettings['hosts'];

function merged(layers: readonly Hosts[]): Hosts {
  const hosts: Record<string, HostSettings> = {};
  for (const layer of layers) {
    for (const [host, settings] of Object.entries(layer)) {
      hosts[host] = { ...hosts[host], ...settings };
    }
  }
  return hosts;
}

async function importFrom(
  key: 'registriesConf' | 'hostsDirectory',
  path: string,
  config: RegistryConfiguration,
): Promise<ImportedSettings> {
  const { readHostsDirectory, readRegistriesConf } = await import('@pindrift/registry');
  const read = { registriesConf: readRegistriesConf, hostsDirectory: readHostsDirectory }[key];
  const absolute = resolve(config.folder, path);
  try {
    return await read(absolute);
  } catch (cause) {
    throw fault(key, absolute, config, cause);
  }
}

/** Its paths made absolute. */
function clusterSecrets(
  { tokenFile, caFile, ...source }: ClusterPullSecrets,
  { folder }: RegistryConfiguration,
): ClusterPullSecrets {
  return {
    ...source,
    ...(tokenFile !== undefined && { tokenFile: resolve(folder, tokenFile) }),
    ...(caFile !== undefined && { caFile: resolve(folder, caFile) }),
  };
}

/** The documents of a file, which must hold a pull secret; its text is never shown. */
async function secretsIn(path: string, config: RegistryConfiguration): Promise<unknown[]> {
  const absolute = resolve(config.folder, path);
  const text = await readFile(absolute, 'utf8').catch((cause: unknown) => {
    throw fault('pullSecrets', absolute, config, cause);
  });
  const { LineCounter, parseAllDocuments } = await import('yaml');
  const lineCounter = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter, logLevel: 'silent' })];
  const at = documents.flatMap(({ errors }) => errors).at(0)?.pos[0];
  if (at !== undefined) {
    const reason = `${absolute}:${lineCounter.linePos(at).line} is not YAML`;
    throw new PinError('bad-config', `${whereOf('pullSecrets', config)}: ${reason}`);
  }
  const values = documents.map((document): unknown => document.toJS());
  if (values.some(holdsPullSecret)) return values;
  throw new PinError(
    'bad-config',
    `${whereOf('pullSecrets', config)}: ${absolute} holds no pull secret, which is a Secret of type kubernetes.io/dockerconfigjson`,
  );
}

function holdsPullSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, type, items } = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(items)) return items.some(holdsPullSecret);
  return kind === 'Secret' && /^kubernetes\.io\/docker(?:configjson|cfg)$/.test(String(type));
}

function fault(key: string, path: string, config: RegistryConfiguration, cause: unknown): PinError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const where = whereOf(key, config);
  if (code === undefined) return new PinError('bad-config', `${where}: ${message}`, { cause });
  const text = `${where}: ${path} could not be read: ${code}`;
  return new PinError('cannot-read', text, { cause });
}

function whereOf(key: string, { file = 'pindrift.yaml' }: RegistryConfiguration): string {
  return `${file}: ${key}`;
}
