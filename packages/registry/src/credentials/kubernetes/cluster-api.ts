import { asText, type JsonObject, parseJsonObject } from '../../json.ts';
import { proxiesFrom } from '../../transport/proxy.ts';
import { createTransport } from '../../transport/transport.ts';
import { anyAddress } from '../any-address.ts';
import { type Cluster, checkName } from './cluster.ts';

/** Reads objects of one namespace. */
export interface ClusterApi {
  /** The object, undefined when there is none of that name; throws when it may not be read. */
  get(kind: 'secrets' | 'serviceaccounts', name: string): Promise<JsonObject | undefined>;
  close(): Promise<void>;
}

/** Bytes; a secret has at most 1 MiB before it is written as base64. */
const longestObject = 4_194_304;
/** Milliseconds. */
const patience = 10_000;

/**
 * The API of a cluster. Its address comes from the user or from the pod, never from a registry,
 * so that it may be private; redirects are not followed, and nobody else sees the token.
 */
export function clusterApi(
  cluster: Cluster,
  environment: Readonly<Record<string, string | undefined>>,
): ClusterApi {
  const settings = {
    ...{ concurrency: 4, timeout: patience, connectTimeout: patience, skipVerify: false },
    ...{ ca: cluster.ca, cert: undefined, key: undefined, http2: false },
  };
  const transport = createTransport({
    guard: anyAddress,
    settingsFor: () => settings,
    proxyFor: proxiesFrom(environment),
    machine: { environment, home: '' },
  });
  const base = cluster.server.pathname.replace(/\/$/, '');
  return {
    get: async (kind, name) => {
      const path = `${base}/api/v1/namespaces/${cluster.namespace}/${kind}/${checkName(name, kind)}`;
      const answer = await transport.exchange({
        method: 'GET',
        url: new URL(path, cluster.server),
        headers: { accept: 'application/json' },
        authorization: `Bearer ${cluster.token}`,
        limit: longestObject,
        step: 'find credentials',
        onBehalfOf: cluster.server.hostname,
      });
      if (answer.status === 404) return undefined;
      const body = parseJsonObject(answer.body);
      if (answer.status === 200 && body !== undefined) return body;
      throw refusal(`${kind}/${name} in ${cluster.namespace}`, answer.status, body);
    },
    close: () => transport.close(),
  };
}

/** In the words of the API, which says who may not do what. */
function refusal(what: string, status: number, body: JsonObject | undefined): Error {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is sent may steer a terminal
  const said = asText(body?.message)?.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  const why = said === undefined ? '' : `: ${said.slice(0, 300)}`;
  return new Error(`Kubernetes answers ${status} when asked for ${what}${why}`);
}
