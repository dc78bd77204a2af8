import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { registryName } from '../endpoint.ts';
import { asObject, asText, type JsonObject } from '../json.ts';
import type { HostSettings, Mirror } from '../registry-options.ts';
import type { ImportedSettings } from './registries-conf.ts';
import { readToml } from './toml-value.ts';

/**
 * Reads containerd's folder of `HOST/hosts.toml` (containerd `docs/hosts.md`): each `[host.URL]`
 * that may `pull` is a mirror, and says what a tag means only with `resolve`; `ca`, `client` and
 * `skip_verify` hold for that mirror. `_default`, `header` and `override_path` become warnings.
 */
export async function readHostsDirectory(folder: string): Promise<ImportedSettings> {
  const hosts: Record<string, HostSettings> = {};
  const warnings: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name, 'hosts.toml');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    if (name === '_default') {
      warnings.push(`${file}: settings for all registries are not supported`);
      continue;
    }
    const registry = registryName(name.replace(/_(\d+)_$/, ':$1'));
    importHost(
      await readToml(text, file),
      { registry, file, folder: join(folder, name) },
      hosts,
      warnings,
    );
  }
  return { hosts, warnings };
}

interface Place {
  readonly registry: string;
  readonly file: string;
  readonly folder: string;
}

function importHost(
  table: JsonObject,
  place: Place,
  hosts: Record<string, HostSettings>,
  warnings: string[],
): void {
  const mirrors: Mirror[] = [];
  for (const [url, value] of Object.entries(asObject(table.host) ?? {})) {
    const settings = asObject(value) ?? {};
    const host = hostOf(url);
    if (host === undefined || 'header' in settings || settings.override_path === true) {
      warnings.push(`${place.file}: what it says about '${url.slice(0, 100)}' is not supported`);
      continue;
    }
    const may = (capability: string): boolean =>
      !Array.isArray(settings.capabilities) || settings.capabilities.includes(capability);
    const own = connectionOf(settings, place.folder);
    if (Object.keys(own).length > 0) hosts[host] = { ...own, ...hosts[host] };
    if (host !== place.registry && may('pull')) mirrors.push({ url, resolve: may('resolve') });
  }
  if (asText(table.server) !== undefined && hostOf(asText(table.server) ?? '') !== place.registry) {
    warnings.push(`${place.file}: another server than ${place.registry} is not supported`);
  }
  const before = hosts[place.registry];
  if (mirrors.length > 0) hosts[place.registry] = { ...before, mirrors };
}

function connectionOf(settings: JsonObject, folder: string): HostSettings {
  const fileOf = (value: unknown): string | undefined => {
    const path = asText(Array.isArray(value) ? value.flat()[0] : value);
    return path === undefined || isAbsolute(path) ? path : join(folder, path);
  };
  const [cert, key] = (
    Array.isArray(settings.client) ? settings.client.flat() : [settings.client]
  ).map(fileOf);
  const ca = fileOf(settings.ca);
  return {
    ...(settings.skip_verify === true ? { skipVerify: true } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function hostOf(url: string): string | undefined {
  const text = url.includes('://') ? url : `https://${url}`;
  return URL.canParse(text) ? registryName(new URL(text).host) : undefined;
}
