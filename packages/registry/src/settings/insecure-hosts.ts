import type { HostSettings } from '../registry-options.ts';
import type { RegistryTable } from './registry-table.ts';

/**
 * The hosts that may be insecure, as settings by host. Connections belong to hosts here, and not
 * to prefixes, so that in doubt a host stays secure; whatever differs from podman is a warning.
 */
export function insecureHosts(
  tables: readonly RegistryTable[],
  warnings: string[],
): ReadonlyMap<string, HostSettings> {
  const said = tables.flatMap(({ endpoints, file }) =>
    endpoints.map((endpoint) => ({ ...endpoint, file })),
  );
  const secure = new Set(said.filter(({ insecure }) => !insecure).map(({ host }) => host));
  const whole = new Set(said.filter(({ is }) => is === 'registry').map(({ host }) => host));
  const found = new Map<string, HostSettings>();
  for (const { host, file, is } of said.filter(({ insecure }) => insecure)) {
    if (secure.has(host) || (is === 'part' && !whole.has(host))) {
      warnings.push(`${file}: ${host} is insecure for a part of it; all of it is taken as secure`);
      continue;
    }
    if (!whole.has(host)) {
      warnings.push(`${file}: ${host} is insecure as a mirror, and so wherever else it is named`);
    }
    found.set(host, { insecure: true, skipVerify: true });
  }
  return found;
}
