import { asObject, asText, type JsonObject, objectsIn } from '../../json.ts';
import type { Keychain } from '../keychain.ts';
import { pullSecretKeychain } from '../pull-secret.ts';
import { type ClusterSecrets, findCluster } from './cluster.ts';
import { type ClusterApi, clusterApi } from './cluster-api.ts';

export interface KubernetesOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a person should know although the work goes on. */
  readonly warn: (message: string) => void;
  /** Folder in which a pod finds who it is, when it is not the usual one. */
  readonly pod?: string;
}

const types: ReadonlySet<unknown> = new Set([
  'kubernetes.io/dockerconfigjson',
  'kubernetes.io/dockercfg',
]);

/**
 * A keychain of the pull secrets in a cluster: those that are named, or those of a service
 * account. They are read once, with the first question. A named secret that is not there, and one
 * that may not be read, is an error; one that only the service account names is passed over with a
 * warning, as the kubelet does.
 */
export function kubernetesKeychain(source: ClusterSecrets, options: KubernetesOptions): Keychain {
  let loading: Promise<Keychain> | undefined;
  return async (target) => {
    loading ??= load(source, options).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return (await loading)(target);
  };
}

async function load(source: ClusterSecrets, options: KubernetesOptions): Promise<Keychain> {
  const cluster = await findCluster(source, options.environment, options.pod);
  const api = clusterApi(cluster, options.environment);
  try {
    const names = source.secrets ?? (await namesOf(source.serviceAccount ?? 'default', api));
    const secrets = await Promise.all(
      names.map((name) => readSecret(name, source.secrets !== undefined, api, options)),
    );
    return pullSecretKeychain(secrets.filter((secret) => secret !== undefined));
  } finally {
    await api.close();
  }
}

async function namesOf(account: string, api: ClusterApi): Promise<readonly string[]> {
  const found = await api.get('serviceaccounts', account);
  if (found === undefined) throw new Error(`there is no service account ${account} in Kubernetes`);
  return objectsIn(found.imagePullSecrets).flatMap(({ name }) => asText(name) ?? []);
}

async function readSecret(
  name: string,
  isNamed: boolean,
  api: ClusterApi,
  { warn }: KubernetesOptions,
): Promise<JsonObject | undefined> {
  const secret = await api.get('secrets', name);
  const fault =
    secret === undefined
      ? `there is no secret ${name} in Kubernetes`
      : types.has(secret.type)
        ? undefined
        : `the secret ${name} in Kubernetes is no pull secret`;
  if (fault === undefined) return asObject(secret);
  if (isNamed) throw new Error(fault);
  warn(`${fault}, although its service account says so`);
  return undefined;
}
