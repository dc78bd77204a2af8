import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { classifyAddress } from './address-class.ts';

/** One address of a name. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** How names become addresses, and where packets to an address really go (for tests). */
export interface Network {
  readonly lookup?: (hostname: string) => Promise<readonly Address[]>;
  readonly route?: (address: string) => string;
}

/** A refusal to dial; the transport turns it into `BLOCKED_BY_POLICY`. */
export class AddressRefused extends Error {
  override readonly name: 'AddressRefused' = 'AddressRefused';
}

/**
 * Decides at dial time who may be connected to. Checking names before is not enough: a DNS
 * record may point anywhere (go-containerregistry #2440), so the addresses themselves are
 * checked, after the lookup whose answer the socket uses.
 */
export interface AddressGuard {
  /** Throws `AddressRefused` when the host of a URL is a literal address that may not be dialled. */
  checkLiteral(url: URL, onBehalfOf: string): void;
  /** The `lookup` of a socket that goes to a host on behalf of an endpoint that the user named. */
  lookupFor(onBehalfOf: string): LookupFunction;
  /** True for an endpoint, named by the user and dialled by now, with a private address. */
  isPrivate(hostname: string): boolean;
}

/** A guard that remembers which of the endpoints that the user named are private themselves. */
export function createAddressGuard(network: Network = {}): AddressGuard {
  const privateEndpoints = new Set<string>();
  const resolve = network.lookup ?? lookupAll;

  const check = (hostname: string, address: string, onBehalfOf: string): void => {
    const kind = classifyAddress(address);
    const named = hostname === onBehalfOf;
    if (kind === 'private' && named) privateEndpoints.add(hostname);
    if (kind === 'public' || (kind === 'private' && privateEndpoints.has(onBehalfOf))) return;
    const what = hostname === address ? hostname : `${hostname} (${address})`;
    throw new AddressRefused(
      kind === 'forbidden'
        ? `${what} is a link-local, metadata, multicast or unspecified address, which is never asked`
        : `${what} is a private address, and ${onBehalfOf}, which sent us there, is a public host`,
    );
  };

  return {
    isPrivate: (hostname) => privateEndpoints.has(hostname),
    checkLiteral: (url, onBehalfOf) => {
      for (const host of new Set([onBehalfOf, bareHost(url)])) {
        const literal = literalOf(host);
        if (literal !== undefined) check(host, literal, onBehalfOf);
      }
    },
    lookupFor: (onBehalfOf) => (hostname, options, callback) => {
      resolve(hostname)
        .then((addresses) => {
          if (addresses.length === 0) throw new Error(`getaddrinfo ENOTFOUND ${hostname}`);
          for (const { address } of addresses) check(hostname, address, onBehalfOf);
          const routed = addresses.map((entry) => routeOf(entry, network));
          const first = routed[0] ?? { address: '', family: 0 };
          if (options.all === true) callback(null, routed);
          else callback(null, first.address, first.family);
        })
        .catch((error: Error) => callback(error, '', 0));
    },
  };
}

/** The host of a URL without port and without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function literalOf(host: string): string | undefined {
  if (isIP(host) !== 0) return host;
  return host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : undefined;
}

function routeOf(entry: Address, network: Network): Address {
  const address = network.route?.(entry.address) ?? entry.address;
  return { address, family: isIP(address) };
}

function lookupAll(hostname: string): Promise<readonly Address[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}
