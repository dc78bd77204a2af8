import { registryName } from '../endpoint.ts';
import { RegistryError } from '../registry-error.ts';
import type { HostSettings, Mirror } from '../registry-options.ts';

/** Where the repositories under one prefix are read. */
export interface Route {
  /** Of the repository, by whole segments; empty for all of a registry. */
  readonly path: string;
  readonly mirrors: readonly Mirror[];
  /** Instead of the registry itself: `host:port/path`, which stands for the prefix. */
  readonly location: string | undefined;
  readonly blocked: boolean;
}

/** What is not about connections and so may be said of a part of a registry. */
const routing: ReadonlySet<string> = new Set(['mirrors', 'location', 'blocked']);
/** What may be said of all hosts of a domain at once; a login is for exactly one host. */
const ofDomain: ReadonlySet<string> = new Set([...routing, 'insecure', 'skipVerify']);

/**
 * The routes of a registry, the one that counts first: the longest path, then the host itself,
 * then the longest `*.domain` that it is under. Exactly one route holds for a repository.
 */
export function routesOf(
  hosts: Readonly<Record<string, HostSettings>>,
  registry: string,
): readonly Route[] {
  const found = Object.entries(hosts).flatMap(([key, settings]) => {
    const { host, path } = splitKey(key);
    const isRoute = Object.keys(settings).some((name) => routing.has(name));
    if (!isRoute || !coversHost(host, registry)) return [];
    const { mirrors = [], location, blocked = false } = settings;
    const weight = [path.length, host === registry ? 1 : 0, host.length] as const;
    return [{ weight, route: { path, mirrors, location, blocked } }];
  });
  found.sort(({ weight: a }, { weight: b }) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]);
  return found.map(({ route }) => route);
}

/** The settings under the longest `*.domain` that a host is under. */
export function domainSettings(
  hosts: Readonly<Record<string, HostSettings>>,
  host: string,
): HostSettings | undefined {
  const keys = Object.keys(hosts).filter((key) => key.startsWith('*.') && coversHost(key, host));
  const longest = keys.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : hosts[longest];
}

/** True for keys that name one whole registry; throws `CONFIGURATION` for what cannot be kept. */
export function isWholeHost(key: string, settings: HostSettings): boolean {
  const { host, path } = splitKey(key);
  if (path === '' && !host.startsWith('*.')) return true;
  const allowed = path === '' ? ofDomain : routing;
  const other = Object.keys(settings).find((name) => !allowed.has(name));
  if (other !== undefined) {
    throw new RegistryError('CONFIGURATION', {
      host: key,
      step: 'connect',
      reason: `'${other}' can only be said of one whole registry`,
      hint: `say it of ${host.replace(/^\*\./, 'each host below ')} alone`,
    });
  }
  return false;
}

/** True when a repository is one or lies below it, by whole segments. */
export function coversPath(path: string, repository: string): boolean {
  return path === '' || repository === path || repository.startsWith(`${path}/`);
}

function splitKey(key: string): { readonly host: string; readonly path: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { host: registryName(key), path: '' }
    : { host: registryName(key.slice(0, slash)), path: key.slice(slash + 1) };
}

/** `*.example.com` is any host below it, with any port unless it names one. */
function coversHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const suffix = pattern.slice(1).toLowerCase();
  const bare = /:\d+$/.test(suffix) ? host : host.replace(/:\d+$/, '');
  return bare.endsWith(suffix) && bare.length > suffix.length;
}
