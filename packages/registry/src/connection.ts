import { homedir } from 'node:os';
import { endpointOf } from './endpoint.ts';
import type { HostSettings, RegistryOptions } from './registry-options.ts';
import type { Route } from './settings/routes.ts';
import { createSettings } from './settings/settings.ts';
import { proxiesFrom } from './transport/proxy.ts';
import { certificatesOf, tlsOptions } from './transport/tls-options.ts';

/** How a registry would be reached. */
export interface Connection {
  /** Host and port that are asked: `registry-1.docker.io`. */
  readonly host: string;
  /** What is set for it. */
  readonly settings: HostSettings;
  /** Where its repositories are read instead, or first; the one that counts stands first. */
  readonly routes: readonly Route[];
  /** The proxy on the way, without user and password. */
  readonly proxy: string | undefined;
  /** Files and folders with certificate authorities besides those of Node. */
  readonly authorities: readonly string[];
  /** The file or folder with the client certificate that is shown. */
  readonly clientCertificate: string | undefined;
}

/**
 * How a registry would be reached with these options; asks nobody. Throws what is wrong with the
 * proxy or the certificates: a file that cannot be read, a text that is no certificate.
 */
export async function connectionTo(
  registry: string,
  options: Pick<RegistryOptions, 'hosts' | 'environment' | 'home'> = {},
): Promise<Connection> {
  const environment = options.environment ?? process.env;
  const machine = { environment, home: options.home ?? homedir() };
  const endpoint = endpointOf(registry);
  const settings = createSettings(options);
  const own = settings.forRegistry(endpoint.name);
  const url = new URL(`${own.plainHttp === true ? 'http' : 'https'}://${endpoint.host}/`);
  const proxy = proxiesFrom(environment)(url);
  const connection = settings.forUrl(url);
  await tlsOptions(url, connection, machine);
  const folder = await certificatesOf(url, machine);
  const inFolder = (found: boolean): string | undefined => (found ? folder.folder : undefined);
  const { ca, cert } = connection;
  const authorities = [
    nameOf(ca),
    environment.SSL_CERT_FILE,
    environment.SSL_CERT_DIR,
    environment.NODE_EXTRA_CA_CERTS,
    inFolder(folder.authorities.length > 0),
  ];
  return {
    host: endpoint.host,
    settings: own,
    routes: settings.routesOf(endpoint.name),
    proxy: proxy && `${proxy.protocol}//${proxy.host}`,
    authorities:
      url.protocol === 'http:' ? [] : authorities.filter((name) => Boolean(name)).map(String),
    clientCertificate: nameOf(cert) ?? inFolder(folder.cert !== undefined),
  };
}

/** Settings hold a path, or the text itself. */
function nameOf(textOrPath: string | undefined): string | undefined {
  return textOrPath?.includes('-----BEGIN ') === true ? 'the settings' : textOrPath;
}
