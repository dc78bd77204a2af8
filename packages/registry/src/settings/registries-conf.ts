import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asText, type JsonObject, objectsIn } from '../json.ts';
import type { HostSettings } from '../registry-options.ts';
import { insecureHosts } from './insecure-hosts.ts';
import { type RegistryTable, readRegistryTable } from './registry-table.ts';
import { readToml } from './toml-value.ts';

/** Settings from another program's file, and what in it cannot be honoured here. */
export interface ImportedSettings {
  readonly hosts: Readonly<Record<string, HostSettings>>;
  readonly warnings: readonly string[];
}

/**
 * Reads podman's `registries.conf` (containers-registries.conf(5), version 2) and the files in
 * the folder `FILE.d`, of which a later one replaces what an earlier one says about a prefix:
 * `prefix` below a host and `*.example.com`, `location`, `blocked`, `insecure`, `mirror`,
 * `mirror-by-digest-only` and `pull-from-mirror`. What cannot be honoured becomes a warning, what
 * podman would not take either an error with the name of the file.
 */
export async function readRegistriesConf(file: string): Promise<ImportedSettings> {
  const names = await readdir(`${file}.d`).catch(() => []);
  const more = names.filter((name) => name.endsWith('.conf')).sort();
  const warnings: string[] = [];
  const tables = new Map<string, RegistryTable>();
  for (const path of [file, ...more.map((name) => join(`${file}.d`, name))]) {
    const text = await readToml(await readFile(path, 'utf8'), path);
    checkTop(text, path, warnings);
    for (const [prefix, table] of tablesIn(text, path, warnings)) tables.set(prefix, table);
  }
  const hosts: Record<string, HostSettings> = {};
  for (const [prefix, { settings }] of tables) hosts[prefix] = settings;
  for (const [host, trust] of insecureHosts([...tables.values()], warnings)) {
    hosts[host] = { ...trust, ...hosts[host] };
  }
  return { hosts, warnings };
}

function tablesIn(
  text: JsonObject,
  path: string,
  warnings: string[],
): ReadonlyMap<string, RegistryTable> {
  const tables = new Map<string, RegistryTable>();
  for (const entry of objectsIn(text.registry)) {
    const table = readRegistryTable(entry, path, warnings);
    if (table === undefined) continue;
    if (tables.has(table.prefix)) {
      throw new Error(`${path}: there are several tables for the prefix '${table.prefix}'`);
    }
    tables.set(table.prefix, table);
  }
  return tables;
}

const shortNames: ReadonlySet<string> = new Set([
  'unqualified-search-registries',
  'aliases',
  'short-name-mode',
]);

/** What stands outside the tables of registries. */
function checkTop(text: JsonObject, path: string, warnings: string[]): void {
  if ('registries' in text) {
    throw new Error(`${path} is in the old format (version 1); write [[registry]] tables`);
  }
  const keys = Object.keys(text);
  if (keys.some((key) => shortNames.has(key))) {
    warnings.push(`${path}: names without a registry mean docker.io, whatever it says about them`);
  }
  for (const key of keys) {
    if (key === 'registry' || shortNames.has(key)) continue;
    warnings.push(`${path}: '${asText(key)?.slice(0, 100)}' is not supported, and was left out`);
  }
}
