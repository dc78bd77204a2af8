import {
  type Content,
  createAuthority,
  image,
  index,
  startProxy,
  startRegistry,
  type TestRegistry,
  temporaryFolder,
} from '@pindrift/testing';

/** Registry hosts that examples and documentation name, and what they hold. */
const HOLDINGS: Readonly<Record<string, readonly string[]>> = {
  'registry.example.com': [
    'shop/web:1.4.2',
    'shop/web:1.4.3',
    'shop/web:1.5.0-rc.1',
    'shop/migrate:1.4.2',
    'shop/tools:2.1',
    'shop/worker:1.4.2',
    'shop/cache:7.4',
    'platform/exporter:0.9',
    'platform/argocd-pindrift:0.1.0',
    'mirror/argocd:v3.5.1',
    'mirror/node:24-bookworm-slim',
  ],
  'registry-1.docker.io': ['library/nginx:1.27', 'library/nginx:1.28', 'library/redis:7.4'],
};

export interface ExampleRegistry extends AsyncDisposable {
  readonly registry: TestRegistry;
  /** For programs that are to find it under the names of real registries. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts one registry in memory that answers for all of these hosts, behind a proxy that knows where
 * they are: so what is written for them holds without a network, and with the same digests always.
 */
export async function startExampleRegistry(): Promise<ExampleRegistry> {
  const hosts = Object.keys(HOLDINGS);
  const authority = await createAuthority();
  const registry = await startRegistry({ tls: await authority.server(hosts) });
  for (const name of Object.values(HOLDINGS).flat()) {
    const [repository = '', tag = ''] = name.split(':');
    registry.push(repository, tag, exampleImage(name));
  }
  const where = hosts.map((host) => [`${host}:443`, registry.host]);
  const proxy = await startProxy({ hosts: Object.fromEntries(where) });
  const folder = await temporaryFolder();
  const ca = await folder.write('ca.pem', authority.certificate);
  return {
    registry,
    env: {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: ca,
      NO_PROXY: '',
      DOCKER_CONFIG: folder.path,
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await registry.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The image of that name and tag, for two platforms; `build` tells one push from the next. */
export function exampleImage(name: string, build = 1): Content {
  const layers = [`${name}, build ${build}`];
  return index([image({ layers }), image({ layers, platform: 'linux/arm64' })]);
}
