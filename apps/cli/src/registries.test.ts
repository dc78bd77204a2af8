import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuthority, image, index, startRegistry, type TestRegistry } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { type WorkFolder, workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const PASSWORD = 'correct-horse-battery';
const env = { SHOP_USER: 'shop', SHOP_PASSWORD: PASSWORD };

describe('registries of the configuration: own authority, Basic by environment variables', () => {
  const VERBS: readonly (readonly string[])[] = [
    ['resolve', 'REF'],
    ['manifest', 'REF'],
    ['config', 'REF'],
    ['platforms', 'REF'],
    ['tags', 'REF'],
    ['referrers', 'REF'],
    ['copy', 'REF', 'DST'],
    ['lock'],
    ['pin', '--resolve', '--write'],
    ['scan'],
    ['init'],
  ];

  test.each(VERBS)('hold in pindrift %s', async (...argv) => {
    await using shop = await openShop();
    const { registry, folder } = shop;
    const names: Readonly<Record<string, string>> = {
      REF: registry.reference('app', 'v1'),
      DST: `${registry.host}/prod/app`,
    };
    const typed = argv.map((word) => names[word] ?? word);
    const said = await folder.runWith({ env }, ...typed, '--fail-on', 'unresolvable');
    expect(said).toMatchObject({ code: 0 });
    expect(said.stdout + said.stderr).not.toContain(PASSWORD);
    expect(registry.counters.requests).toBeGreaterThan(0);
  });

  test('a variable that is not set is named', async () => {
    await using shop = await openShop();
    const said = await shop.folder.run('resolve', shop.registry.reference('app', 'v1'));
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('the environment variable SHOP_USER is not set');
  });
});

test('pull secrets are asked where no login is found', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', users: { shop: PASSWORD } },
  });
  registry.push('app', 'v1', app);
  const auth = Buffer.from(`shop:${PASSWORD}`).toString('base64');
  const login = JSON.stringify({ auths: { [registry.host]: { auth } } });
  await using folder = await workFolder({
    'pindrift.yaml': 'pullSecrets: [secret.yaml]\n',
    'secret.yaml': `kind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata: {name: shop}\nstringData: {.dockerconfigjson: '${login}'}\n`,
  });
  const said = await folder.run('resolve', registry.reference('app', 'v1'));
  expect(said).toEqual({ code: 0, stdout: `${app.digest}\n`, stderr: '' });
});

test('what in a file of podman cannot be honoured is said', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', app);
  await using folder = await workFolder({
    'pindrift.yaml': 'registriesConf: registries.conf\n',
    'registries.conf': 'unqualified-search-registries = ["quay.io"]\n',
  });
  const said = await folder.run('resolve', registry.reference('app', 'v1'));
  expect(said).toMatchObject({ code: 0, stdout: `${app.digest}\n` });
  expect(said.stderr).toContain('registries.conf: names without a registry mean docker.io');
  expect((await folder.run('resolve', '--quiet', registry.reference('app', 'v1'))).stderr).toBe('');
});

describe('the cache', () => {
  test('holds manifests by digest, in a folder of its user alone', async () => {
    await using registry = await startRegistry();
    await using folder = await workFolder();
    const ref = registry.reference('app', registry.push('app', 'v1', app));
    for (const home of ['cache', 'cache', '']) {
      const options = { env: home === '' ? {} : { XDG_CACHE_HOME: join(folder.path, home) } };
      expect((await folder.runWith(options, 'manifest', ref)).code).toBe(0);
    }
    expect(registry.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
    for (const path of ['cache/pindrift', '.cache/pindrift']) {
      expect(await readdir(join(folder.path, path))).toEqual(['blobs']);
      expect((await stat(join(folder.path, path))).mode & 0o077).toBe(0);
    }
  });

  test('holds what a tag means only with --cache-ttl, and for that long', async () => {
    await using registry = await startRegistry();
    await using folder = await workFolder();
    registry.push('app', 'v1', app);
    const ref = registry.reference('app', 'v1');
    const resolve = async (...more: readonly string[]): Promise<string> =>
      (await folder.run('resolve', ref, ...more)).stdout.trim();
    expect(await resolve('--cache-ttl', '1h')).toBe(app.digest);
    const moved = registry.move('app', 'v1', image());
    expect(await resolve('--cache-ttl', '1h')).toBe(app.digest);
    expect(await resolve()).toBe(moved);
    expect(await resolve('--cache-ttl', '0s')).toBe(moved);
    expect(registry.counters.requests).toBe(3);
  });

  test('wants a time that is one', async () => {
    await using folder = await workFolder();
    const said = await folder.run('resolve', 'nginx', '--cache-ttl', 'soon');
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain('--cache-ttl soon: it is no time; write 90s, 5m or 1h');
  });
});

interface Shop extends AsyncDisposable {
  readonly registry: TestRegistry;
  readonly folder: WorkFolder;
}

/** A registry with an authority of its own that wants a login, and a folder that names an image there. */
async function openShop(): Promise<Shop> {
  const authority = await createAuthority();
  const registry = await startRegistry({
    tls: await authority.server(),
    auth: { kind: 'basic', users: { shop: PASSWORD } },
  });
  registry.push('app', 'v1', app);
  const folder = await workFolder({
    'pindrift.yaml': `registries:
  "${registry.host}":
    ca: ca.pem
    credentials: {usernameEnv: SHOP_USER, passwordEnv: SHOP_PASSWORD}
`,
    'ca.pem': authority.certificate,
    'a.yaml': deployment('a', registry.reference('app', 'v1')),
  });
  return {
    registry,
    folder,
    async [Symbol.asyncDispose]() {
      await registry.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
