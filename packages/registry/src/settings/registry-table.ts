import { registryName } from '../endpoint.ts';
import { asText, type JsonObject, objectsIn } from '../json.ts';
import type { HostSettings, Mirror } from '../registry-options.ts';

/** One `[[registry]]` table of podman's `registries.conf`. */
export interface RegistryTable {
  /** `docker.io`, `quay.io/team`, `*.example.com`. */
  readonly prefix: string;
  /** Where its repositories are read and from which mirrors; nothing about connections. */
  readonly settings: HostSettings;
  /** The hosts (`*.example.com` among them) that it leads to, and whether they may be insecure. */
  readonly endpoints: readonly Endpoint[];
  /** Named in warnings. */
  readonly file: string;
}

interface Endpoint {
  readonly host: string;
  readonly insecure: boolean;
  /** The registry that the prefix names, a part of it, or another one that holds the same. */
  readonly is: 'registry' | 'part' | 'elsewhere';
}

const host = '[\\w.-]+(?::\\d{1,5})?|\\[[0-9a-fA-F:]+\\](?::\\d{1,5})?';
const namespace = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const locationPattern = new RegExp(`^(${host})(?:/(.+))?$`);
const wildcardPattern = /^\*(?:\.[\w-]+)+(?::\d{1,5})?$/;

const keysOfTable: ReadonlySet<string> = new Set([
  'prefix',
  'location',
  'insecure',
  'blocked',
  'mirror',
  'mirror-by-digest-only',
]);
const keysOfMirror: ReadonlySet<string> = new Set(['location', 'insecure', 'pull-from-mirror']);

/**
 * Reads one table, `undefined` (with a warning) when it is for a single tag or digest. Throws for
 * what podman refuses as well: no or a strange prefix, a scheme in a location, an unknown
 * `pull-from-mirror`.
 */
export function readRegistryTable(
  entry: JsonObject,
  file: string,
  warnings: string[],
): RegistryTable | undefined {
  const prefix = asText(entry.prefix) ?? asText(entry.location) ?? '';
  const warnAbout = (keys: readonly string[], known: ReadonlySet<string>): void => {
    for (const key of keys.filter((name) => !known.has(name))) {
      warnings.push(`${file}: '${key.slice(0, 100)}' of ${shown(prefix)} is not supported`);
    }
  };
  if (/^[^/]+\/.*(?::[^/]*|@.*)$/.test(prefix)) {
    warnings.push(
      `${file}: ${shown(prefix)} is a single tag or digest, for which nothing can be said here`,
    );
    return undefined;
  }
  const isWildcard = wildcardPattern.test(prefix);
  const place = isWildcard ? { host: prefix.toLowerCase(), path: '' } : placeIn(prefix, file);
  warnAbout(Object.keys(entry), keysOfTable);
  const tables = objectsIn(entry.mirror);
  for (const mirror of tables) warnAbout(Object.keys(mirror), keysOfMirror);
  const location = asText(entry.location);
  const source = location === undefined ? place : placeIn(location, file);
  const isMoved = joined(source) !== joined(place);
  const byDigest = flagOf(entry, 'mirror-by-digest-only', file);
  return {
    prefix: joined(place),
    file,
    settings: {
      mirrors: tables.map((mirror) => mirrorOf(mirror, byDigest, prefix, file, warnings)),
      ...(isMoved ? { location: joined(source) } : {}),
      ...(flagOf(entry, 'blocked', file) ? { blocked: true } : {}),
    },
    endpoints: [
      {
        host: source.host,
        insecure: flagOf(entry, 'insecure', file),
        is: isMoved ? 'elsewhere' : place.path === '' ? 'registry' : 'part',
      },
      ...tables.map((mirror) => ({
        host: placeIn(asText(mirror.location) ?? '', file).host,
        insecure: flagOf(mirror, 'insecure', file),
        is: 'elsewhere' as const,
      })),
    ],
  };
}

/** `pull-from-mirror` says what a mirror is for: `all`, `digest-only` or `tag-only`. */
function mirrorOf(
  mirror: JsonObject,
  byDigestOnly: boolean,
  prefix: string,
  file: string,
  warnings: string[],
): Mirror {
  const url = `https://${joined(placeIn(asText(mirror.location) ?? '', file))}`;
  const pull = mirror['pull-from-mirror'] ?? 'all';
  if (pull !== 'all' && pull !== 'digest-only' && pull !== 'tag-only') {
    throw new Error(
      `${file}: pull-from-mirror of ${shown(prefix)} is all, digest-only or tag-only`,
    );
  }
  if (byDigestOnly && 'pull-from-mirror' in mirror) {
    throw new Error(
      `${file}: ${shown(prefix)} has mirror-by-digest-only and pull-from-mirror, which exclude each other`,
    );
  }
  if (pull !== 'tag-only') return { url, resolve: !byDigestOnly && pull === 'all' };
  warnings.push(
    `${file}: the tag-only mirror ${url.slice(8, 108)} says what tags mean; what their digests name is read from the registry itself`,
  );
  return { url, resolve: true, digests: false };
}

function placeIn(text: string, file: string): { readonly host: string; readonly path: string } {
  const [, at, path = ''] = locationPattern.exec(text) ?? [];
  if (at === undefined || (path !== '' && !namespace.test(path))) {
    throw new Error(`${file}: ${shown(text)} is not host:port or host:port/path`);
  }
  return { host: registryName(at), path };
}

function flagOf(table: JsonObject, key: string, file: string): boolean {
  const value = table[key] ?? false;
  if (typeof value === 'boolean') return value;
  throw new Error(`${file}: '${key}' is true or false`);
}

function joined({ host: at, path }: { readonly host: string; readonly path: string }): string {
  return path === '' ? at : `${at}/${path}`;
}

function shown(text: string): string {
  return `'${text.slice(0, 100)}'`;
}
