import { readFile } from 'node:fs/promises';
import { credentialsOfEntry } from './auth-entry.ts';
import { askHelper } from './credential-helper.ts';
import type { Credentials, CredentialTarget, Keychain } from './keychain.ts';
import { dockerKey, findEntry } from './registry-key.ts';

/** The parts of a docker `config.json` (or podman `auth.json`) that hold credentials. */
export interface DockerConfig {
  readonly auths: Readonly<Record<string, unknown>>;
  readonly credHelpers: Readonly<Record<string, unknown>>;
  readonly credsStore: string | undefined;
}

/** Where a configuration was read from, and how its helpers run. */
export interface DockerConfigOptions {
  /** Named in errors and as the source of credentials. */
  readonly source: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads a configuration file; undefined when there is none, an error when it is broken. */
export async function readDockerConfig(path: string): Promise<DockerConfig | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return parseDockerConfig(text, path);
}

/** The configuration in a JSON text; the error names the source and shows nothing of the text. */
export function parseDockerConfig(text: string, source: string): DockerConfig {
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    // JSON.parse quotes the text around the fault, which may be a password.
    throw new Error(`${source} is not JSON`);
  }
  if (typeof value !== 'object' || value === null)
    throw new Error(`${source} is not a JSON object`);
  const fields = value as Record<string, unknown>;
  const { credsStore } = fields;
  // `~/.dockercfg` is the map of hosts itself.
  const isOldest = !('auths' in fields) && Object.keys(fields).some((key) => key.includes('.'));
  return {
    auths: recordOf(isOldest ? fields : fields.auths),
    credHelpers: recordOf(fields.credHelpers),
    credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
  };
}

/** A keychain of one configuration: `credHelpers` of the registry, then `credsStore`, then `auths`. */
export function configKeychain(config: DockerConfig, options: DockerConfigOptions): Keychain {
  const answers = new Map<string, Promise<Credentials | undefined>>();
  const ask = (name: string, key: string): Promise<Credentials | undefined> => {
    const id = `${name} ${key}`;
    const answer = answers.get(id) ?? askHelper(name, key, options);
    answers.set(id, answer);
    return answer;
  };
  return async ({ registry, repository }) => {
    const helper = findEntry(config.credHelpers, registry, repository);
    if (helper !== undefined && typeof helper.value === 'string') {
      const found = await ask(helper.value, dockerKey(registry));
      if (found !== undefined) return named(found, options);
    } else if (config.credsStore !== undefined) {
      const found = await ask(config.credsStore, dockerKey(registry));
      if (found !== undefined) return named(found, options);
    }
    return fromAuths(config, { registry, repository }, options.source);
  };
}

function fromAuths(
  config: DockerConfig,
  { registry, repository }: CredentialTarget,
  source: string,
): Credentials | undefined {
  const entry = findEntry(config.auths, registry, repository);
  return entry === undefined ? undefined : credentialsOfEntry(entry.value, source);
}

function named(found: Credentials, options: DockerConfigOptions): Credentials {
  return { ...found, source: `${found.source} (${options.source})` };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
