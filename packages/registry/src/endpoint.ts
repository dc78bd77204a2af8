import { RegistryError } from './registry-error.ts';
import { bareHost } from './transport/address-guard.ts';

/** One registry as it is connected to. */
export interface Endpoint {
  /** As references and settings name it: `docker.io`, `localhost:5000`. */
  readonly name: string;
  /** Host and port that are connected to: `registry-1.docker.io`, `localhost:5000`. */
  readonly host: string;
  /** Host without port and brackets: what the address guard takes as named by the user. */
  readonly hostname: string;
}

const dockerHub: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
]);

/** Where the registry of a reference is found; throws `REF_INVALID` for what is no host. */
export function endpointOf(domain: string): Endpoint {
  const name = registryName(domain);
  const host = name === 'docker.io' ? 'registry-1.docker.io' : name;
  let url: URL;
  try {
    url = new URL(`https://${host}/`);
  } catch (cause) {
    throw new RegistryError('REF_INVALID', {
      host: domain,
      step: 'connect',
      reason: 'this is not a host that can be connected to',
      hint: 'check the port (1 to 65535) and the address',
      cause,
    });
  }
  const port = /:(\d+)$/.exec(host)?.[1];
  return {
    name,
    host: port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`,
    hostname: bareHost(url),
  };
}

/** One name for each registry: the three spellings of Docker Hub are `docker.io`. */
export function registryName(domain: string): string {
  const lower = domain.toLowerCase();
  return dockerHub.has(lower) ? 'docker.io' : lower;
}

/** True for loopback addresses and names, which may be spoken to without TLS. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '::1' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
