import { createSession, offlineSession, type Session } from './auth/session.ts';
import { createTokenCache, type TokenCache } from './auth/token-cache.ts';
import { requestToken } from './auth/token-service.ts';
import { blobStore } from './cache/blob-store.ts';
import { cachedSession } from './cache/cached-session.ts';
import { type TagStore, tagStore } from './cache/tag-store.ts';
import { configuredKeychain } from './credentials/configured.ts';
import { defaultKeychain } from './credentials/default-keychain.ts';
import type { Keychain } from './credentials/keychain.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { routedSession } from './mirrors.ts';
import { createNetworkLayers, type NetworkLayers } from './network.ts';
import type { RegistryOptions } from './registry-options.ts';

/** One session per registry, over one set of connections, tokens and limits. */
export interface Sessions {
  to(domain: string): Session;
  /** What tags meant in runs before this one, where that counts. */
  readonly tags?: TagStore | undefined;
  close(): Promise<void>;
}

/** Sessions with credentials and mirrors as the options describe them. */
export function createSessions(options: RegistryOptions): Sessions {
  const network = createNetworkLayers(options);
  const { settings } = network;
  const userAgent = options.userAgent ?? 'pindrift';
  const keychain =
    options.keychain === undefined
      ? defaultKeychain(options)
      : configuredKeychain(settings, options.environment ?? process.env, options.keychain);
  const tokens = tokensOver(network, userAgent, options.warn);
  const known = new Map<string, Session>();

  const direct = (endpoint: Endpoint): Session =>
    options.offline === true
      ? offlineSession(endpoint)
      : open(endpoint, { network, keychain, tokens, userAgent });
  const get = (id: string, make: () => Session): Session => {
    const session = known.get(id) ?? make();
    known.set(id, session);
    return session;
  };
  const store = options.cache === undefined ? undefined : blobStore(options.cache);
  const toHost = (host: string): Session => {
    const endpoint = endpointOf(host);
    return get(`direct ${endpoint.name}`, () => direct(endpoint));
  };
  const assemble = (endpoint: Endpoint): Session => {
    const own = toHost(endpoint.name);
    const routes = settings.routesOf(endpoint.name);
    const reading = routes.length === 0 ? own : routedSession(endpoint, routes, own, toHost);
    return store === undefined ? reading : cachedSession(reading, store);
  };
  return {
    tags: tagsOf(options, network),
    to: (domain) => {
      const endpoint = endpointOf(domain);
      return get(endpoint.name, () => assemble(endpoint));
    },
    close: async () => {
      await network.close();
      await store?.prune();
    },
  };
}

function tagsOf(
  { cache, tagTtl = 0 }: RegistryOptions,
  { clock }: NetworkLayers,
): TagStore | undefined {
  return cache === undefined || tagTtl <= 0 ? undefined : tagStore(cache, tagTtl, clock);
}

interface Parts {
  readonly network: NetworkLayers;
  readonly keychain: Keychain;
  readonly tokens: TokenCache;
  readonly userAgent: string;
}

function open(endpoint: Endpoint, { network, keychain, tokens, userAgent }: Parts): Session {
  let origin: Promise<URL> | undefined;
  return createSession({
    endpoint,
    origin: () => {
      origin ??= network.originOf(endpoint);
      return origin;
    },
    follow: network.follow,
    tokens,
    keychain,
    realmHosts: network.settings.forRegistry(endpoint.name).realmHosts ?? [],
    userAgent,
    clock: network.clock,
  });
}

function tokensOver(
  { clock, deliver, follow }: NetworkLayers,
  userAgent: string,
  warn: (message: string) => void = () => undefined,
): TokenCache {
  const service = { clock, userAgent, warn, deliver, follow };
  return createTokenCache((question) => requestToken(question, service), clock);
}
