import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registryName } from '../endpoint.ts';
import { asText, type JsonObject, objectsIn } from '../json.ts';
import type { HostSettings, Mirror } from '../registry-options.ts';
import { readToml } from './toml-value.ts';

/** Settings from another program's file, and what in it cannot be honoured here. */
export interface ImportedSettings {
  readonly hosts: Readonly<Record<string, HostSettings>>;
  readonly warnings: readonly string[];
}

/**
 * Reads podman's `registries.conf` (containers-registries.conf(5), version 2) and the files in
 * the folder `FILE.d`: `insecure`, `mirror`, `mirror-by-digest-only` and `pull-from-mirror` of
 * whole registries. Prefixes below a host, wildcards, `location` and `blocked` become warnings;
 * so do short-name settings, since a name without a host means Docker Hub here.
 */
export async function readRegistriesConf(file: string): Promise<ImportedSettings> {
  const names = await readdir(`${file}.d`).catch(() => []);
  const more = names.filter((name) => name.endsWith('.conf')).sort();
  const hosts: Record<string, HostSettings> = {};
  const warnings: string[] = [];
  for (const path of [file, ...more.map((name) => join(`${file}.d`, name))]) {
    const table = await readToml(await readFile(path, 'utf8'), path);
    if ('unqualified-search-registries' in table || 'aliases' in table) {
      warnings.push(
        `${path}: names without a registry mean docker.io, whatever it says about them`,
      );
    }
    for (const entry of objectsIn(table.registry)) importRegistry(entry, path, hosts, warnings);
  }
  return { hosts, warnings };
}

function importRegistry(
  entry: JsonObject,
  path: string,
  hosts: Record<string, HostSettings>,
  warnings: string[],
): void {
  const location = asText(entry.location);
  const prefix = asText(entry.prefix) ?? location ?? '';
  const isElsewhere = location !== undefined && location !== prefix;
  if (!/^[\w.:[\]-]+$/.test(prefix) || isElsewhere || entry.blocked === true) {
    warnings.push(`${path}: what it says about '${prefix.slice(0, 100)}' is not supported`);
    return;
  }
  const byDigestOnly = entry['mirror-by-digest-only'] === true;
  const mirrors = objectsIn(entry.mirror).flatMap((mirror) => importMirror(mirror, byDigestOnly));
  hosts[registryName(prefix)] = {
    ...(entry.insecure === true ? { insecure: true, skipVerify: true } : {}),
    ...(mirrors.length === 0 ? {} : { mirrors }),
  };
  for (const mirror of objectsIn(entry.mirror)) {
    const host = asText(mirror.location)?.split('/', 1)[0];
    if (mirror.insecure !== true || host === undefined) continue;
    hosts[registryName(host)] = { insecure: true, skipVerify: true, ...hosts[registryName(host)] };
  }
}

/** `pull-from-mirror` says what a mirror is for: `all`, `digest-only` or `tag-only`. */
function importMirror(mirror: JsonObject, byDigestOnly: boolean): Mirror[] {
  const location = asText(mirror.location);
  if (location === undefined) return [];
  const resolve = !byDigestOnly && mirror['pull-from-mirror'] !== 'digest-only';
  return [{ url: `https://${location}`, resolve }];
}
