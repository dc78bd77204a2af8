import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import type { ConnectionSettings } from './connections.ts';
import { SettingFault } from './setting-fault.ts';

/** Where the certificates of this machine are found. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export interface TlsOptions {
  /**
   * What all connections of a host have in common. Left to each of them, Node parses every
   * authority again, which takes 25 ms and keeps the event loop.
   */
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
}

/**
 * TLS options of a host: authorities of its settings, of `SSL_CERT_FILE` and `SSL_CERT_DIR`
 * (which Go tools always read and Node does not) and of `certs.d`, added to those that Node
 * trusts anyway; a client certificate of its settings or of `certs.d`.
 */
export async function tlsOptions(
  url: URL,
  settings: ConnectionSettings,
  machine: Machine,
): Promise<TlsOptions> {
  if (url.protocol === 'http:') return {};
  const [folder, own, environment] = await Promise.all([
    certificatesOf(url, machine),
    settings.ca === undefined ? undefined : pemOf(settings.ca),
    fromEnvironment(machine.environment),
  ]);
  const further = [own, ...environment, ...folder.authorities].filter((pem) => pem !== undefined);
  const cert = settings.cert === undefined ? folder.cert : await pemOf(settings.cert);
  const key = settings.key === undefined ? folder.key : await pemOf(settings.key);
  return {
    secureContext: await contextOf(further, {
      minVersion: 'TLSv1.2',
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    }),
    ...(settings.skipVerify ? { rejectUnauthorized: false } : {}),
  };
}

async function contextOf(
  further: readonly string[],
  options: SecureContextOptions,
): Promise<SecureContext> {
  const { createSecureContext, getCACertificates } = await import('node:tls');
  // Without further authorities Node has its own at hand, already parsed.
  const ca = further.length === 0 ? {} : { ca: [...getCACertificates('default'), ...further] };
  try {
    return createSecureContext({ ...options, ...ca });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'of no known format';
    throw new SettingFault(`a certificate or key for it cannot be used: ${reason}`, { cause });
  }
}

async function fromEnvironment(environment: Machine['environment']): Promise<string[]> {
  const file = environment.SSL_CERT_FILE;
  const folders = (environment.SSL_CERT_DIR ?? '').split(':').filter(Boolean);
  const inFolders = await Promise.all(folders.map((folder) => pemFilesIn(folder, /./)));
  return [...(file ? [await pemOf(file)] : []), ...inFolders.flat()];
}

/** What `certs.d` holds for a host. */
export interface HostCertificates {
  /** Where it was found; undefined when there is nothing. */
  readonly folder: string | undefined;
  readonly authorities: readonly string[];
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** `certs.d/HOST[:PORT]` of docker and podman (containers-certs.d(5)): `*.crt`, `*.cert`, `*.key`. */
export async function certificatesOf(url: URL, { home }: Machine): Promise<HostCertificates> {
  const folders = [
    ...(home === '' ? [] : [join(home, '.config', 'containers', 'certs.d', url.host)]),
    join('/etc/containers/certs.d', url.host),
    join('/etc/docker/certs.d', url.host),
  ];
  for (const folder of folders) {
    const [authorities, [cert], [key]] = await Promise.all([
      pemFilesIn(folder, /\.crt$/),
      pemFilesIn(folder, /\.cert$/),
      pemFilesIn(folder, /\.key$/),
    ]);
    if (authorities.length > 0 || cert !== undefined) return { folder, authorities, cert, key };
  }
  return { folder: undefined, authorities: [], cert: undefined, key: undefined };
}

/** The PEM files in a folder; none when there is no such folder. */
async function pemFilesIn(folder: string, name: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((file) => name.test(file)).sort();
  const texts = await Promise.all(
    files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')),
  );
  return texts.filter((text) => text.includes('-----BEGIN '));
}

async function pemOf(textOrPath: string): Promise<string> {
  if (textOrPath.includes('-----BEGIN ')) return textOrPath;
  try {
    return await readFile(textOrPath, 'utf8');
  } catch (cause) {
    throw new SettingFault(`the file ${textOrPath} cannot be read`, { cause });
  }
}
