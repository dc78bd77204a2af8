import type { RegistrySettings } from '@pindrift/pin/config';
import type { Connection } from '@pindrift/registry';
import type { Io } from '../io.ts';
import { homeOf } from '../open-registry.ts';
import type { Check } from './check.ts';

/** How a registry is reached, where that is not the usual way; nobody is asked. */
export async function checkConnection(
  registry: string,
  { hosts }: Pick<RegistrySettings, 'hosts'>,
  { env }: Io,
): Promise<Check[]> {
  const about = { area: 'network', name: registry } as const;
  const { connectionTo } = await import('@pindrift/registry');
  try {
    const options = { hosts, environment: env, home: homeOf(env) };
    const [found, ...notes] = describe(registry, await connectionTo(registry, options));
    return found === undefined ? [] : [{ ...about, status: 'fine', found, notes }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ ...about, status: 'problem', found: 'cannot be reached like this', notes: [reason] }];
  }
}

/** One line for each thing that is set. */
function describe(registry: string, connection: Connection): string[] {
  const { settings, routes, proxy, authorities, clientCertificate } = connection;
  const { credentials, plainHttp, insecure, skipVerify } = settings;
  return [
    ...routes.flatMap((route) => describeRoute(registry, route)),
    ...(proxy === undefined ? [] : [`proxy ${proxy}`]),
    ...authorities.map((name) => `authorities from ${name}`),
    ...(clientCertificate === undefined ? [] : [`client certificate from ${clientCertificate}`]),
    ...(credentials === 'anonymous' ? ['no credentials'] : []),
    ...(plainHttp === true ? ['plain http'] : []),
    ...(insecure === true && plainHttp !== true
      ? ['plain http, where it does not speak https']
      : []),
    ...(skipVerify === true ? ['its certificate is not verified'] : []),
  ];
}

/** Where the repositories under one path of a registry are read. */
function describeRoute(
  registry: string,
  { path, mirrors, location, blocked }: Connection['routes'][number],
): string[] {
  const under = path === '' ? '' : `${registry}/${path}: `;
  if (blocked) return [`${under}blocked`];
  const lines = mirrors.map(({ url, resolve }) =>
    resolve === true ? `mirror ${url}, which says what tags mean` : `mirror ${url}, for digests`,
  );
  if (location !== undefined) lines.push(`read from ${location}`);
  return lines.map((line) => under + line);
}
