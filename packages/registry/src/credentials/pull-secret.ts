import { asObject, asText, type JsonObject, objectsIn } from '../json.ts';
import { credentialsOfEntry } from './auth-entry.ts';
import { parseDockerConfig } from './docker-config.ts';
import type { Credentials, Keychain } from './keychain.ts';
import { keyTarget } from './registry-key.ts';

/** One `auths` entry of a pull secret. */
interface Entry {
  readonly registry: string;
  readonly path: string;
  readonly credentials: Credentials;
}

/**
 * A keychain of Kubernetes pull secrets (`kubernetes.io/dockerconfigjson` and `dockercfg`), given
 * as the objects that the API or a manifest holds, a List of them included. As the kubelet does,
 * `*` stands for one label of the host and the longest key wins; unlike it, a path covers whole
 * segments only, so that `host/foo` is not for `host/foobar`.
 */
export function pullSecretKeychain(secrets: readonly unknown[]): Keychain {
  const entries = secrets.flatMap((secret) => entriesOf(asObject(secret)));
  entries.sort((a, b) => keyLength(b) - keyLength(a));
  return async ({ registry, repository }) =>
    entries.find(
      (entry) => coversHost(entry.registry, registry) && coversPath(entry.path, repository),
    )?.credentials;
}

function entriesOf(secret: JsonObject | undefined): Entry[] {
  if (secret === undefined) return [];
  if (Array.isArray(secret.items)) return objectsIn(secret.items).flatMap(entriesOf);
  const name = asText(asObject(secret.metadata)?.name) ?? 'without a name';
  const source = `pull secret ${name.slice(0, 253)}`;
  const { auths } = parseDockerConfig(configText(secret) ?? '', source);
  return Object.entries(auths).flatMap(([key, value]) => {
    const credentials = credentialsOfEntry(value, source);
    return credentials === undefined ? [] : [{ ...keyTarget(key), credentials }];
  });
}

function configText(secret: JsonObject): string | undefined {
  const clear = asObject(secret.stringData);
  const encoded = asObject(secret.data);
  for (const field of ['.dockerconfigjson', '.dockercfg']) {
    const text = asText(clear?.[field]);
    const base64 = asText(encoded?.[field]);
    const found =
      text ?? (base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('utf8'));
    if (found !== undefined) return field === '.dockercfg' ? `{"auths":${found}}` : found;
  }
  return undefined;
}

function keyLength({ registry, path }: Entry): number {
  return registry.length + path.length;
}

/** Label by label and port by port, as the kubelet does; `*` never crosses a dot or a colon. */
function coversHost(pattern: string, host: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === host;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '[^.:]*')
    .replaceAll('?', '[^.:]');
  return new RegExp(`^${source}$`).test(host);
}

function coversPath(path: string, repository: string): boolean {
  return path === '' || repository === path || repository.startsWith(`${path}/`);
}
