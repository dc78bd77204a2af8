import { homedir } from 'node:os';
import { type Clock, systemClock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import type { RegistryOptions } from './registry-options.ts';
import { createSettings, type Settings } from './settings/settings.ts';
import { createAddressGuard } from './transport/address-guard.ts';
import { createDelivery } from './transport/delivery.ts';
import type { HttpAnswer, HttpRequest } from './transport/message.ts';
import { toRegistryError } from './transport/network-error.ts';
import { type ProxyFor, proxiesFrom } from './transport/proxy.ts';
import { follow } from './transport/redirect.ts';
import { schemeOf } from './transport/scheme.ts';
import { createTransport } from './transport/transport.ts';

/** The layers below a session: connections, delivery with patience, redirects. */
export interface NetworkLayers {
  readonly settings: Settings;
  readonly clock: Clock;
  /** Delivers a request to where it is addressed and nowhere else. */
  deliver(request: HttpRequest): Promise<HttpAnswer>;
  /** Delivers a request, redirects followed. */
  follow(request: HttpRequest): Promise<HttpAnswer>;
  /** Scheme, host and port of an endpoint, found out without any request. */
  originOf(endpoint: Endpoint): Promise<URL>;
  close(): Promise<void>;
}

const defaultPatience = 60_000;

/** The network as the options describe it; nothing is opened yet. */
export function createNetworkLayers(options: RegistryOptions): NetworkLayers {
  const clock = options.clock ?? systemClock;
  const settings = createSettings(options);
  const guard = createAddressGuard(options.network);
  const environment = options.environment ?? process.env;
  const proxyFor = lazyProxies(environment);
  const machine = { environment, home: options.home ?? homedir() };
  const transport = createTransport({ guard, settingsFor: settings.forUrl, proxyFor, machine });
  const closing = new AbortController();
  const deliver = createDelivery({
    closing: closing.signal,
    exchange: transport.exchange,
    clock,
    concurrencyFor: (url) => settings.forUrl(url).concurrency,
    patience: options.patience ?? defaultPatience,
  });
  return {
    settings,
    clock,
    deliver,
    follow: (request) => follow(request, deliver, guard),
    originOf: async (endpoint) => {
      const url = new URL(`https://${endpoint.host}/`);
      try {
        const scheme = await schemeOf(endpoint, {
          settings: settings.forRegistry(endpoint.name),
          guard,
          timeout: settings.forUrl(url).connectTimeout,
          isProxied: proxyFor(url) !== undefined,
        });
        return new URL(`${scheme}//${endpoint.host}/`);
      } catch (error) {
        throw toRegistryError(error, { url, step: 'connect' });
      }
    },
    close: () => {
      closing.abort();
      return transport.close();
    },
  };
}

/** What is wrong with the proxy settings is only of interest to what needs the network. */
function lazyProxies(environment: Readonly<Record<string, string | undefined>>): ProxyFor {
  let proxies: ProxyFor | undefined;
  return (url) => {
    proxies ??= proxiesFrom(environment);
    return proxies(url);
  };
}
