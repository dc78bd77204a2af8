import { type Config, type RegistrySettings, registrySettings } from '@pindrift/pin/config';
import type { ImageReference } from '@pindrift/reference';
import type { Keychain } from '@pindrift/registry';
import type { Io } from '../io.ts';
import { openConfig } from '../open-config.ts';
import { homeOf } from '../open-registry.ts';
import type { Call } from '../verb.ts';
import type { Check } from './check.ts';
import { checkConnection } from './connection.ts';
import { checkCredentials } from './credentials.ts';

/**
 * For each registry that images here name: where its credentials would come from, and how it would be
 * reached. Asks credential helpers and, for the registries of a cloud, that cloud who this machine
 * is; no registry. What is wrong in the configuration of any registry is a problem: no client can be
 * made with it.
 */
export async function checkRegistries(
  call: Call,
  references: readonly ImageReference[],
): Promise<Check[]> {
  const config = await openConfig(call).catch(() => undefined);
  // What is wrong with it is said where the folder is looked at.
  if (config === undefined) return [];
  const { checks, settings } = await readSettings(config, call.io);
  if (settings === undefined) return checks;
  const keychain = await openKeychain(call, settings).catch((error: unknown) => {
    checks.push(problem('registries', error));
  });
  if (!keychain) return checks;
  const byRegistry = Map.groupBy(references, ({ domain }) => domain);
  const registries = [...byRegistry].filter(
    ([name]) => !checks.some((check) => check.name === name && check.status === 'problem'),
  );
  const found = await Promise.all(
    registries.map(async ([registry, own]) => [
      await checkCredentials(registry, own, keychain),
      ...(await checkConnection(registry, settings, call.io)),
    ]),
  );
  return [...checks, ...found.flat()];
}

interface ReadSettings {
  /** What is wrong. */
  readonly checks: Check[];
  /** All that is not; undefined where that is nothing. */
  readonly settings: RegistrySettings | undefined;
}

/** The settings of each registry by itself, so that one that is wrong does not hide the others. */
async function readSettings(config: Config, { env }: Io): Promise<ReadSettings> {
  const checks: Check[] = [];
  const read = (name: string, part: Partial<Config>): Promise<RegistrySettings | undefined> => {
    const { file, folder } = config;
    return registrySettings({ registries: {}, ...part, file, folder }, env).catch((error) => {
      checks.push(problem(name, error));
      return undefined;
    });
  };
  const files = await read('registries', { ...config, registries: {} });
  const own = await Promise.all(
    Object.entries(config.registries).map(([host, one]) =>
      read(host, { registries: { [host]: one } }),
    ),
  );
  if (files === undefined) return { checks, settings: undefined };
  checks.push(...files.warnings.map(remark));
  const hosts = { ...files.hosts };
  for (const [host, settings] of own.flatMap((one) => Object.entries(one?.hosts ?? {}))) {
    hosts[host] = { ...hosts[host], ...settings };
  }
  return { checks, settings: { ...files, hosts } };
}

function problem(name: string, error: unknown): Check {
  const notes = [error instanceof Error ? error.message : String(error)];
  const found = 'its settings cannot be used, so no registry can be asked';
  return { area: 'network', name, status: 'problem', found, notes };
}

function remark(found: string): Check {
  return { area: 'network', name: 'registries', status: 'note', found, notes: [] };
}

async function openKeychain({ io, options }: Call, settings: RegistrySettings): Promise<Keychain> {
  const { defaultKeychain } = await import('@pindrift/registry');
  const { warnings: _said, kubernetes, ...known } = settings;
  const isOffline = options.offline === true;
  const isAlone = options.ambientAuth === false || isOffline;
  return defaultKeychain({
    ...known,
    ...(kubernetes && !isOffline && { kubernetes }),
    ...(isAlone && { ambient: false }),
    environment: io.env,
    home: homeOf(io.env),
  });
}
