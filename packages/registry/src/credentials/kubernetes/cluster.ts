import { readFile } from 'node:fs/promises';

/** The pull secrets of one namespace of a cluster, read from its API. */
export interface ClusterSecrets {
  /** `https://host:port` of the API; by default of the cluster that this program runs in. */
  readonly server?: string;
  /** By default that of the pod that this program runs in. */
  readonly namespace?: string;
  /** Names of secrets; by default the `imagePullSecrets` of the service account. */
  readonly secrets?: readonly string[];
  /** `default` unless it is named. */
  readonly serviceAccount?: string;
  /** Files with the token and the certificate authority; by default those of the pod. */
  readonly tokenFile?: string;
  readonly caFile?: string;
}

/** A cluster's API, and who asks it. */
export interface Cluster {
  readonly server: URL;
  readonly namespace: string;
  readonly token: string;
  /** Path of a file; undefined leaves it to the authorities of the machine. */
  readonly ca: string | undefined;
}

/** Where a pod finds who it is (kubernetes.io "Accessing the Kubernetes API from a Pod"). */
const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that the settings name, or the one that this program runs in. Throws when there is
 * none, or when its API is not https: the token would be read on the way.
 */
export async function findCluster(
  source: ClusterSecrets,
  environment: Readonly<Record<string, string | undefined>>,
  pod: string = mounted,
): Promise<Cluster> {
  const server = serverOf(source.server ?? inClusterServer(environment));
  const isOwn = source.server === undefined;
  const namespace = source.namespace ?? (await textIn(`${pod}/namespace`, 'namespace'));
  return {
    server,
    namespace: checkName(namespace, 'namespace'),
    token: await textIn(source.tokenFile ?? (isOwn ? `${pod}/token` : undefined), 'tokenFile'),
    ca: source.caFile ?? (isOwn ? `${pod}/ca.crt` : undefined),
  };
}

/** The name of an object; nothing else may become a part of a path. */
export function checkName(name: string, what: string): string {
  if (/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) return name;
  throw new Error(`'${name.slice(0, 100)}' is not the name of a ${what} in Kubernetes`);
}

function inClusterServer(environment: Readonly<Record<string, string | undefined>>): string {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  if (host === undefined || host === '') {
    throw new Error(
      'pull secrets are to be read from Kubernetes, and this is not a pod; name its server',
    );
  }
  return `https://${host.includes(':') ? `[${host}]` : host}:${port ?? '443'}`;
}

function serverOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url;
  throw new Error('the server of Kubernetes is named by https://host:port');
}

async function textIn(path: string | undefined, setting: string): Promise<string> {
  if (path === undefined) throw new Error(`Kubernetes needs the setting '${setting}' here`);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${path} cannot be read: ${cause.code ?? 'unknown'}; set '${setting}'`);
  });
  return text.trim();
}
