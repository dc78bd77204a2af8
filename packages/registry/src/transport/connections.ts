import type { Dispatcher } from 'undici';
import type { AddressGuard } from './address-guard.ts';
import { type Machine, tlsOptions } from './tls-options.ts';

/** What a connection to one host needs to know. */
export interface ConnectionSettings {
  /** Connections at most. */
  readonly concurrency: number;
  /** Milliseconds until an answer has to begin. */
  readonly timeout: number;
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeout: number;
  readonly skipVerify: boolean;
  /** PEM text or file path. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly http2: boolean;
}

/** The open connections of a registry client. */
export interface Connections {
  /** The pool for a URL's origin, opened on behalf of an endpoint that the user named. */
  to(url: URL, onBehalfOf: string): Promise<Dispatcher>;
  close(): Promise<void>;
}

interface ConnectionsOptions {
  readonly guard: AddressGuard;
  readonly settingsFor: (url: URL) => ConnectionSettings;
  readonly proxyFor: (url: URL) => URL | undefined;
  readonly machine: Machine;
}

/** Token hosts are asked again and again; undici's 4 s would close them between two repositories. */
const keepAlive = 30_000;

/** One pool per origin and named endpoint, since each has its own TLS settings and address rule. */
export function createConnections(options: ConnectionsOptions): Connections {
  const pools = new Map<string, Promise<Dispatcher>>();
  return {
    to: (url, onBehalfOf) => {
      const id = `${url.origin} ${onBehalfOf}`;
      const known = pools.get(id);
      if (known !== undefined) return known;
      const pool = open(url, onBehalfOf, options);
      pools.set(id, pool);
      return pool;
    },
    close: async () => {
      const opened = await Promise.allSettled(pools.values());
      pools.clear();
      await Promise.all(
        opened.map((pool) => (pool.status === 'fulfilled' ? pool.value.destroy() : undefined)),
      );
    },
  };
}

async function open(
  url: URL,
  onBehalfOf: string,
  options: ConnectionsOptions,
): Promise<Dispatcher> {
  const settings = options.settingsFor(url);
  const proxy = options.proxyFor(url);
  const tls = await tlsOptions(url, settings, options.machine);
  const shared = { keepAliveTimeout: keepAlive, connections: settings.concurrency };
  if (proxy !== undefined) {
    // It needs methods that only undici's index puts in their place.
    const { ProxyAgent } = await import('undici');
    return new ProxyAgent({
      ...shared,
      uri: proxy.href,
      requestTls: { ...tls, timeout: settings.connectTimeout, allowH2: settings.http2 },
      proxyTls: { timeout: settings.connectTimeout },
    });
  }
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js');
  return new Pool(url.origin, {
    ...shared,
    allowH2: settings.http2,
    connect: {
      ...tls,
      timeout: settings.connectTimeout,
      lookup: options.guard.lookupFor(onBehalfOf),
    },
  });
}
