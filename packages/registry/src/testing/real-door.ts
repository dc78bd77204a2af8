import {
  createAuthority,
  startTokenServer,
  type TemporaryFolder,
  type TestTokenServer,
  temporaryFolder,
} from '@pindrift/testing';
import {
  type DistributionAuth,
  client as program,
  pushTo,
  run,
  startDistribution,
} from '@pindrift/testing/programs';
import { matrix } from './image-matrix.ts';

/** How a real registry lets clients in; all but the first two over TLS with an own authority. */
export type DoorKind = 'plain' | 'cache' | 'tls' | 'htpasswd' | 'token';

/** A real registry, and the environment in which every client finds its way in. */
export interface Door extends AsyncDisposable {
  /** `localhost:41234`. */
  readonly host: string;
  readonly url: string;
  /** Names docker's configuration and the certificate authority; for ours as for other clients. */
  readonly environment: Readonly<Record<string, string>>;
  /** The requests that its token service got so far. */
  readonly tokenRequests: () => number;
  /** `localhost:41234/team/app:v1`, or with `@` for a digest. */
  reference(name: string, reference: string): string;
  /** What another client prints; throws what it complains about when it fails. */
  ask(client: 'crane' | 'skopeo', ...args: string[]): Promise<Buffer>;
}

export type DistributionProgram = 'registry' | 'docker-registry';

/** The one user whom locked doors let in. */
export const alice = { username: 'alice', password: 'correct horse' } as const;

/**
 * Starts distribution 3 (`registry`) or Debian's 2.8 over a folder of content; `cache` starts it as
 * an empty pull-through cache of the registry at the URL `behind`.
 */
export async function openDoor(
  server: DistributionProgram,
  kind: DoorKind,
  { storage, behind }: { readonly storage?: string; readonly behind?: string },
): Promise<Door> {
  const home = await temporaryFolder();
  const isLocked = kind === 'tls' || kind === 'htpasswd' || kind === 'token';
  const authority = await createAuthority();
  const tls = isLocked ? await authority.server() : undefined;
  const users = { [alice.username]: alice.password };
  const signer = await authority.client('token service');
  const tokens = await startTokenServer({ users, signer, ...(tls === undefined ? {} : { tls }) });
  const auths: Partial<Record<DoorKind, DistributionAuth>> = {
    htpasswd: { kind: 'htpasswd', users },
    token: { kind: 'token', tokens: byName(tokens), certificate: authority.certificate },
  };
  const auth = auths[kind];
  const registry = await startDistribution(server, {
    ...(tls === undefined ? {} : { tls }),
    ...(auth === undefined ? {} : { auth }),
    ...(kind === 'cache' ? { cacheOf: behind ?? '' } : { storage: storage ?? '' }),
  });
  // crane sends no credentials to a realm that is a private address, so these two go by a name.
  const host = registry.host.replace('127.0.0.1', 'localhost');
  const login = Buffer.from(`${alice.username}:${alice.password}`).toString('base64');
  const entries = auth === undefined ? {} : { [host]: { auth: login } };
  const config = await home.write('docker/config.json', JSON.stringify({ auths: entries }));
  const environment = {
    DOCKER_CONFIG: `${home.path}/docker`,
    REGISTRY_AUTH_FILE: config,
    SSL_CERT_FILE: await home.write('authority.pem', authority.certificate),
  };
  return {
    host,
    url: registry.url,
    environment,
    tokenRequests: () => tokens.counters.requests,
    reference: (repository, reference) =>
      `${host}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`,
    ask: (name, ...args) => ask(name, args, environment, isLocked),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([registry[Symbol.asyncDispose](), tokens.close()]);
      await home[Symbol.asyncDispose]();
    },
  };
}

function byName(tokens: TestTokenServer): TestTokenServer {
  return { ...tokens, realm: tokens.realm.replace('127.0.0.1', 'localhost') };
}

async function ask(
  name: 'crane' | 'skopeo',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  isSecure: boolean,
): Promise<Buffer> {
  // crane finds out by itself that a registry on loopback speaks http, skopeo has to be told.
  const flags = name === 'skopeo' && !isSecure ? ['--tls-verify=false'] : [];
  const [verb = '', ...rest] = args;
  const { code, stdout, stderr } = await run(program(name), [verb, ...flags, ...rest], { env });
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A folder that holds the matrix of images in `team/app`, as a server of this program keeps it. */
export async function stockedShelf(server: DistributionProgram): Promise<TemporaryFolder> {
  const shelf = await temporaryFolder();
  await using registry = await startDistribution(server, { storage: shelf.path });
  for (const [tag, content] of Object.entries(matrix)) {
    await pushTo(registry.url, 'team/app', tag, content);
  }
  return shelf;
}
