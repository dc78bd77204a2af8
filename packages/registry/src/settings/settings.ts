import { registryName } from '../endpoint.ts';
import type { HostSettings, Mirror, RegistryOptions } from '../registry-options.ts';
import type { ConnectionSettings } from '../transport/connections.ts';
import { domainSettings, isWholeHost, type Route, routesOf } from './routes.ts';

/** The settings of every host that is asked, defaults filled in. */
export interface Settings {
  /** What the configuration says about a registry, by the name that references use. */
  forRegistry(name: string): HostSettings;
  /** Where the repositories of a registry are read, the route that counts first. */
  routesOf(name: string): readonly Route[];
  /** How to connect to the host of a URL. */
  forUrl(url: URL): ConnectionSettings;
}

const defaults = {
  concurrency: 16,
  onDockerHub: 8,
  timeout: 15_000,
  connectTimeout: 10_000,
} as const;

/**
 * Settings by exact host and port. Another port of a configured host (its token service) has
 * the same certificate authority, and nothing else of it. What stands under `*.domain` counts for
 * hosts that nothing is said about.
 */
export function createSettings(options: RegistryOptions): Settings {
  const byHost = new Map<string, HostSettings>();
  const byHostname = new Map<string, HostSettings>();
  const { hosts = {} } = options;
  const own = Object.entries(hosts).filter(([key, said]) => isWholeHost(key, said));
  for (const [key, { ca, skipVerify, ...rest }] of own) {
    const trust = {
      ...(ca === undefined ? {} : { ca }),
      ...(skipVerify === undefined ? {} : { skipVerify }),
    };
    byHost.set(normalHost(key), { ...rest, ...trust });
    byHostname.set(normalHost(key).replace(/:\d+$/, ''), trust);
  }
  for (const { mirrors = [] } of Object.values(hosts)) {
    for (const host of plainMirrors(mirrors)) {
      if (!byHost.has(host)) byHost.set(host, { plainHttp: true });
    }
  }
  const settingsOf = (host: string): HostSettings | undefined =>
    byHost.get(normalHost(host)) ?? domainSettings(hosts, normalHost(host));
  return {
    forRegistry: (name) => settingsOf(name) ?? {},
    routesOf: (name) => routesOf(hosts, normalHost(name)),
    forUrl: (url) => {
      const own = settingsOf(url.host) ?? byHostname.get(url.hostname) ?? {};
      const timeout = own.timeout ?? options.timeout;
      return {
        concurrency: own.concurrency ?? options.concurrency ?? usualConcurrency(url),
        timeout: timeout ?? defaults.timeout,
        connectTimeout: timeout ?? defaults.connectTimeout,
        skipVerify: own.skipVerify ?? false,
        ca: own.ca,
        cert: own.cert,
        key: own.key,
        http2: own.http2 ?? true,
      };
    },
  };
}

/** Docker Hub limits by address, whoever asks, and answers slower what comes at once. */
function usualConcurrency({ hostname }: URL): number {
  return hostname === 'registry-1.docker.io' ? defaults.onDockerHub : defaults.concurrency;
}

/** Mirrors whose URL says http. */
function plainMirrors(mirrors: readonly Mirror[]): string[] {
  return mirrors.flatMap(({ url }) => {
    const host = /^http:\/\/([^/?#@]+)(?:\/|$)/.exec(url)?.[1];
    return host === undefined ? [] : [normalHost(host)];
  });
}

function normalHost(host: string): string {
  return registryName(host).replace(/:443$/, '');
}
