import { createSession, offlineSession, type Session } from './auth/session.ts';
import { createTokenCache } from './auth/token-cache.ts';
import { requestToken } from './auth/token-service.ts';
import { systemClock } from './clock.ts';
import { configuredKeychain } from './credentials/configured.ts';
import { dockerKeychain } from './credentials/docker-keychain.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { RegistryOptions } from './registry-options.ts';
import { createSettings } from './settings.ts';
import { createAddressGuard } from './transport/address-guard.ts';
import { createDelivery } from './transport/delivery.ts';
import type { HttpAnswer, HttpRequest } from './transport/message.ts';
import { follow } from './transport/redirect.ts';
import { schemeOf } from './transport/scheme.ts';
import { createTransport } from './transport/transport.ts';

/** One session per registry, over one set of connections, tokens and limits. */
export interface Sessions {
  to(domain: string): Session;
  close(): Promise<void>;
}

const defaultPatience = 60_000;

/** Puts the layers together: connections, delivery with patience, redirects, tokens, sessions. */
export function createSessions(options: RegistryOptions): Sessions {
  const clock = options.clock ?? systemClock;
  const environment = options.environment ?? process.env;
  const userAgent = options.userAgent ?? 'pindrift';
  const settings = createSettings(options);
  const guard = createAddressGuard(options.network);
  const proxyFor = (): undefined => undefined;
  const transport = createTransport({ guard, settingsFor: settings.forUrl, proxyFor });
  const deliver = createDelivery({
    exchange: transport.exchange,
    clock,
    concurrencyFor: (url) => settings.forUrl(url).concurrency,
    patience: options.patience ?? defaultPatience,
  });
  const followed = (request: HttpRequest): Promise<HttpAnswer> => follow(request, deliver, guard);
  const service = { clock, userAgent, warn: options.warn ?? ignore, deliver, follow: followed };
  const tokens = createTokenCache((question) => requestToken(question, service), clock);
  const keychain = configuredKeychain(
    settings,
    environment,
    options.keychain ?? dockerKeychain({ environment, ...homeOf(options) }),
  );

  const open = (endpoint: Endpoint): Session => {
    if (options.offline === true) return offlineSession(endpoint);
    const own = settings.forRegistry(endpoint.name);
    const origin = once(async () => {
      const url = new URL(`https://${endpoint.host}/`);
      const { connectTimeout: timeout } = settings.forUrl(url);
      const isProxied = proxyFor() !== undefined;
      const scheme = await schemeOf(endpoint, { settings: own, guard, timeout, isProxied });
      return new URL(`${scheme}//${endpoint.host}/`);
    });
    const realmHosts = own.realmHosts ?? [];
    return createSession({
      endpoint,
      origin,
      follow: followed,
      tokens,
      keychain,
      realmHosts,
      userAgent,
    });
  };
  return { to: memoByHost(open), close: () => transport.close() };
}

function memoByHost(open: (endpoint: Endpoint) => Session): (domain: string) => Session {
  const sessions = new Map<string, Session>();
  return (domain) => {
    const endpoint = endpointOf(domain);
    const session = sessions.get(endpoint.name) ?? open(endpoint);
    sessions.set(endpoint.name, session);
    return session;
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

function homeOf({ home }: RegistryOptions): { readonly home?: string } {
  return home === undefined ? {} : { home };
}

function ignore(): void {}
