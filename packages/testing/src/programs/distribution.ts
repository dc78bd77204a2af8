import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { TOKEN_ISSUER } from '../auth/signed-token.ts';
import type { TestTokenServer } from '../auth/token-server.ts';
import type { ServerTls } from '../http/tls-server.ts';
import { type TemporaryFolder, temporaryFolder } from '../system/temporary-folder.ts';
import { client } from './client.ts';
import { run } from './run.ts';

/** How to start a real distribution registry; by default in memory, and open to everybody. */
export interface DistributionOptions {
  /** Folder that holds its content, so that several servers may serve the same. */
  readonly storage?: string;
  /** Speaks https. Default: plain http. */
  readonly tls?: ServerTls;
  /** Default: everybody may do everything. */
  readonly auth?: DistributionAuth;
  /** URL of the registry that it is a pull-through cache of. */
  readonly cacheOf?: string;
  /** More sections of its configuration. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

export type DistributionAuth =
  /** Names and passwords, in a file as `htpasswd` writes it. */
  | { readonly kind: 'htpasswd'; readonly users: Readonly<Record<string, string>> }
  | {
      readonly kind: 'token';
      /** A token server with a `signer`. */
      readonly tokens: TestTokenServer;
      /** PEM of the authority that the signer's certificate is from. */
      readonly certificate: string;
    };

export interface Distribution extends AsyncDisposable {
  /** `127.0.0.1:41234`. */
  readonly host: string;
  readonly url: string;
}

/**
 * Starts the real distribution registry, version 3 or Debian's 2.8 (`docker-registry`), on a free
 * port. Throws what it said when it does not start.
 */
export async function startDistribution(
  program: 'registry' | 'docker-registry' = 'registry',
  options: DistributionOptions = {},
): Promise<Distribution> {
  const folder = await temporaryFolder();
  const file = await folder.write('config.yml', JSON.stringify(await configure(options, folder)));
  const child = spawn(client(program), ['serve', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await folder[Symbol.asyncDispose]();
  };
  child.stdout.resume();
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const host = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (host !== undefined) {
      child.stderr.resume();
      const scheme = options.tls === undefined ? 'http' : 'https';
      return { host, url: `${scheme}://${host}`, [Symbol.asyncDispose]: close };
    }
  }
  await close();
  throw new Error(`The registry did not start:\n${said.join('\n')}`);
}

/** The configuration, with its files in the folder; JSON is YAML too. */
async function configure(
  options: DistributionOptions,
  folder: TemporaryFolder,
): Promise<Readonly<Record<string, unknown>>> {
  const { storage, tls, auth, cacheOf, configuration } = options;
  const driver =
    storage === undefined ? { inmemory: {} } : { filesystem: { rootdirectory: storage } };
  return {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { ...driver, delete: { enabled: true } },
    http: {
      addr: '127.0.0.1:0',
      ...(tls === undefined ? {} : { tls: await tlsFiles(tls, folder) }),
    },
    ...(auth === undefined ? {} : { auth: await authSection(auth, folder) }),
    ...(cacheOf === undefined ? {} : { proxy: { remoteurl: cacheOf } }),
    ...configuration,
  };
}

async function tlsFiles(
  { key, cert, ca, clientCertificate }: ServerTls,
  folder: TemporaryFolder,
): Promise<Readonly<Record<string, unknown>>> {
  const clients =
    clientCertificate === 'require' && ca !== undefined
      ? { clientcas: [await folder.write('clients.pem', ca)] }
      : {};
  return {
    certificate: await folder.write('server.pem', cert),
    key: await folder.write('server.key', key),
    ...clients,
  };
}

async function authSection(
  auth: DistributionAuth,
  folder: TemporaryFolder,
): Promise<Readonly<Record<string, unknown>>> {
  if (auth.kind === 'htpasswd') {
    const lines = await Promise.all(Object.entries(auth.users).map(passwordLine));
    return {
      htpasswd: { realm: 'Registry Realm', path: await folder.write('users', lines.join('')) },
    };
  }
  const rootcertbundle = await folder.write('tokens.pem', auth.certificate);
  const { realm } = auth.tokens;
  return { token: { realm, service: 'registry.test', issuer: TOKEN_ISSUER, rootcertbundle } };
}

/** `htpasswd` with bcrypt, which is all that the registry takes. */
async function passwordLine([user, password]: [string, string]): Promise<string> {
  const { code, stdout, stderr } = await run(client('htpasswd'), ['-Bbn', user, password]);
  if (code !== 0) throw new Error(`htpasswd failed: ${stderr}`);
  return `${stdout.toString().trim()}\n`;
}
