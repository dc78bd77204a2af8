import { readdir } from 'node:fs/promises';
import { parseReference } from '@pindrift/reference';
import {
  type Authority,
  createAuthority,
  image,
  index,
  startRegistry,
  startTokenServer,
  temporaryFolder,
} from '@pindrift/testing';
import { challenge, digestHeader, header, link, redirect } from '@pindrift/testing/faults';
import { beforeAll, describe, expect, test } from 'vitest';
import { client, failure, internet, named } from './testing/client.ts';
import { createWorld, login } from './testing/world.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const alice = { username: 'alice', password: 'secret' };
const users = { alice: 'secret' };
const someDigest = `sha256:${'0'.repeat(64)}`;

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

/** Digests as they must never get into a path, of a URL or of a file. */
const evilDigests = [
  'sha256:x/../../../other/secret',
  `${someDigest}/../../../other/secret`,
  `sha256:${'A'.repeat(64)}`,
  '../../../../etc/passwd',
  '..%2f..%2fother%2fsecret',
  `sha256:${'0'.repeat(63)}\n`,
  `md5:${'0'.repeat(32)}`,
] as const;

describe('a digest that is a path', () => {
  test.each(evilDigests)('is not believed in a header: %j', async (digest) => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    const value = digest.replace('\n', '');
    server.fault({ match: { method: 'HEAD' }, does: header('Docker-Content-Digest', value) });
    await using registry = client();
    expect(await registry.resolve(named(server, 'app', 'v1'))).toMatchObject({
      digest: app.digest,
      verified: true,
    });
  });

  test.each(evilDigests)('is asked for by nobody who reads a manifest: %j', async (digest) => {
    const evil = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 7 };
    await using server = await startRegistry();
    await using to = await startRegistry();
    server.push('app', 'config', image({ fields: { config: evil } }));
    server.push('app', 'layers', image({ fields: { layers: [evil] } }));
    server.push('app', 'index', index([{ ...evil, mediaType: app.mediaType }]));
    await using cache = await temporaryFolder();
    await using registry = client({ cache: cache.path });
    const errors = [await failure(registry.config(named(server, 'app', 'config')))];
    for (const tag of ['config', 'layers', 'index']) {
      errors.push(await failure(registry.copy(named(server, 'app', tag), named(to, 'app', tag))));
    }
    for (const { code } of errors) expect(code).toBe('UNSUPPORTED_MEDIA');
    const asked = server.requests.map(({ path }) => path);
    expect(asked.every((path) => /^\/v2\/app\/[a-z]+\/[\w:]+$/.test(path))).toBe(true);
    expect(to.requests.some(({ method, route }) => method === 'PUT' && route === 'manifest')).toBe(
      false,
    );
    const kept = await readdir(cache.path, { recursive: true });
    expect(kept.every((name) => /^[a-z0-9/]+$/.test(name))).toBe(true);
  });
});

describe('a descriptor', () => {
  test.each([2 ** 62, -1, 1.5, '7', null])(
    'with the size %j is not read and not copied',
    async (size) => {
      const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: someDigest };
      await using server = await startRegistry();
      await using to = await startRegistry();
      server.push('app', 'v1', image({ fields: { config: { ...config, size } } }));
      await using registry = client();
      const read = await failure(registry.config(named(server, 'app', 'v1')));
      expect(read.code).toBe('UNSUPPORTED_MEDIA');
      const copied = await failure(
        registry.copy(named(server, 'app', 'v1'), named(to, 'app', 'v1')),
      );
      expect(copied.code).toBe('UNSUPPORTED_MEDIA');
      expect(to.counters.requests).toBe(0);
    },
  );

  test('of a configuration beyond the limit is cut off at the limit', async () => {
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: someDigest };
    await using server = await startRegistry();
    server.push('app', 'v1', image({ fields: { config: { ...config, size: 2 ** 52 } } }));
    server.fault({
      match: { route: 'blob' },
      does: () => ({ status: 200, headers: {}, body: Buffer.alloc(5_000_000, ' ') }),
    });
    await using registry = client();
    expect((await failure(registry.config(named(server, 'app', 'v1')))).code).toBe('TOO_LARGE');
  });

  test('with addresses of its own is read from its registry alone', async () => {
    await using thief = await startRegistry({ auth: { kind: 'basic', users } });
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    await using to = await startRegistry();
    const honest = JSON.parse(image().bytes.toString()) as { config: object; layers: object[] };
    const withUrls = (part: object | undefined): object => ({ ...part, urls: [`${thief.url}/x`] });
    const foreign = {
      ...withUrls(honest.layers[0]),
      digest: someDigest,
      mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
    };
    const fields = {
      config: withUrls(honest.config),
      layers: [withUrls(honest.layers[0]), foreign],
    };
    server.push('app', 'v1', image({ fields }));
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    await registry.config(named(server, 'app', 'v1'));
    await registry.copy(named(server, 'app', 'v1'), named(to, 'app', 'v1'));
    expect(thief.counters.connections).toBe(0);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('by %d takes nothing along', async (status) => {
    await using other = await startRegistry();
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    other.push('app', 'v1', app);
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ path }) => `${other.url}${path}`, status),
    });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const { bytes } = await registry.manifest(named(server, 'app', 'v1'));
    expect(bytes).toEqual(app.bytes);
    expect(other.requests.map(({ method, authorized }) => [method, authorized])).toEqual([
      ['GET', false],
    ]);
  });

  test.each([300, 304, 305, 306])('by %d is none', async (status) => {
    await using other = await startRegistry();
    await using server = await startRegistry();
    server.fault({ does: redirect(({ path }) => `${other.url}${path}`, status) });
    await using registry = client();
    await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(other.counters.connections).toBe(0);
  });

  test('to a host that wants a token of its own never shows it the one for here', async () => {
    await using tokens = await startTokenServer({ users });
    await using otherTokens = await startTokenServer({ users });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    await using other = await startRegistry({ auth: { kind: 'bearer', tokens: otherTokens } });
    const digest = other.push('app', 'v1', app);
    // The names of its tokens are one ahead of ours.
    await fetch(otherTokens.realm);
    otherTokens.forget();
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ path }) => `${other.url}${path}`),
    });
    await using registry = client({
      hosts: {
        [server.host]: { credentials: alice },
        [other.host]: { credentials: alice },
      },
    });
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    const [ours] = server.requests.flatMap(({ headers }) => headers.authorization ?? []);
    const [, shown] = other.requests.map(({ headers }) => headers.authorization);
    expect(other.requests.map(({ authorized }) => authorized)).toEqual([false, true]);
    expect(shown).not.toBe(ours);
    expect(otherTokens.requests.map(({ authorized }) => authorized)).toEqual([false]);
  });

  test.each([
    ['a metadata address', 'https://169.254.169.254/token'],
    ['a private address', 'https://10.0.0.1/token'],
    ['http', 'http://token.example/token'],
  ])('to a host whose token service is at %s ends there', async (_, realm) => {
    await using world = await createWorld();
    const server = await world.registry('registry.example');
    const other = await world.registry('other.example');
    server.fault({ does: redirect(({ path }) => `https://other.example${path}`) });
    other.fault({ does: challenge(`Bearer realm="${realm}"`) });
    await using registry = world.client();
    const error = await failure(registry.resolve(parseReference('registry.example/app:v1')));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
  });

  test.each(['https://169.254.169.254/latest/', 'https://10.0.0.1/', 'https://127.0.0.1/'])(
    'to %s is refused before a proxy hears of it',
    async (target) => {
      await using world = await createWorld();
      const server = await world.registry('registry.example');
      server.fault({ does: redirect(target) });
      await using registry = world.client();
      const error = await failure(registry.resolve(parseReference('registry.example/app:v1')));
      expect(error.code).toBe('BLOCKED_BY_POLICY');
    },
  );
});

describe('a token service', () => {
  test.each([
    ['a metadata address', 'https://169.254.169.254/latest/'],
    ['a name of one', 'https://metadata.evil.example/latest/'],
    ['a private address', 'https://10.0.0.1/'],
    ['http', 'http://auth.test.example/'],
  ])('that sends an anonymous question on to %s is not followed', async (_, target) => {
    const names = ['registry.test.example', 'auth.test.example'];
    const tls = await authority.server(names);
    await using tokens = await startTokenServer({ tls });
    await using server = await startRegistry({ tls });
    tokens.fault({ does: redirect(target) });
    server.fault({
      does: challenge(`Bearer realm="https://auth.test.example:${tokens.port}/token"`),
    });
    const host = `registry.test.example:${server.port}`;
    const trust = { ca: authority.certificate, credentials: 'anonymous' } as const;
    await using registry = client({
      ...internet(names, { 'metadata.evil.example': '169.254.169.254' }),
      hosts: { [host]: trust, [`auth.test.example:${tokens.port}`]: trust },
    });
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(tokens.counters.requests).toBe(1);
  });
});

describe('a login', () => {
  test('is for exactly its host: look-alikes of the name and other ports do not get it', async () => {
    await using world = await createWorld();
    const lookalikes = [
      'registry.example.evil.example',
      'evilregistry.example',
      'registry.example-evil.example',
      'sub.registry.example',
      'evil.example',
    ];
    const auth = { kind: 'basic', users } as const;
    const own = await world.registry('registry.example', auth);
    own.push('app', 'v1', app);
    const others = await Promise.all(lookalikes.map((host) => world.registry(host, auth)));
    await using registry = world.client({ DOCKER_AUTH_CONFIG: login('registry.example', alice) });
    for (const host of lookalikes) {
      const reference = parseReference(`${host}/registry.example/app:v1`);
      expect((await failure(registry.resolve(reference))).code).toBe('AUTH_REQUIRED');
    }
    await registry.resolve(parseReference('registry.example/app:v1'));
    expect(others.flatMap(({ requests }) => requests).some(({ authorized }) => authorized)).toBe(
      false,
    );
    expect(own.requests.at(-1)?.authorized).toBe(true);
  });

  test('that is configured is for exactly its host and port', async () => {
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    await using other = await startRegistry({ auth: { kind: 'basic', users } });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const error = await failure(registry.resolve(named(other, 'app', 'v1')));
    expect(error.code).toBe('AUTH_REQUIRED');
    expect(other.requests.some(({ authorized }) => authorized)).toBe(false);
  });

  test('never goes over http because TLS failed', async () => {
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    const host = `registry.test.example:${server.port}`;
    await using registry = client({
      ...internet(['registry.test.example']),
      hosts: { [host]: { credentials: alice } },
    });
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('TLS');
    expect(server.counters.requests).toBe(0);
  });
});

test('a name that is public first and a metadata address later is judged at each connection', async () => {
  await using server = await startRegistry({
    tls: await authority.server(['registry.test.example']),
  });
  server.push('app', 'v1', app);
  server.fault({ does: header('Connection', 'close') });
  const addresses = ['203.0.113.10', '169.254.169.254'];
  const host = `registry.test.example:${server.port}`;
  await using registry = client({
    hosts: { [host]: { ca: authority.certificate } },
    network: {
      lookup: async () => [{ address: addresses.shift() ?? '', family: 4 }],
      route: (address) => (address === '203.0.113.10' ? '127.0.0.1' : address),
    },
  });
  await registry.resolve(parseReference(`${host}/app:v1`));
  const error = await failure(registry.resolve(parseReference(`${host}/app:v2`)));
  expect(error.code).toBe('BLOCKED_BY_POLICY');
  expect(server.counters.connections).toBe(1);
});

test('pages of referrers lead nowhere else', async () => {
  await using other = await startRegistry();
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  for (const value of [
    `<${other.url}/v2/app/referrers/${digest}?x=1>; rel="next"`,
    '<http://169.254.169.254/latest>; rel="next"',
    `</v2/other/secret/referrers/${digest}>; rel="next"`,
    `</v2/app/referrers/${someDigest}>; rel="next"`,
  ]) {
    const fault = server.fault({ match: { route: 'referrers' }, does: link({ value }) });
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', digest))).toEqual([]);
    fault.lift();
  }
  expect(other.counters.connections).toBe(0);
  const asked = server.requests.filter(({ route }) => route === 'referrers');
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ path }) => path === `/v2/app/referrers/${digest}`)).toBe(true);
});

test.each([
  'http://169.254.169.254/upload',
  'http://alice:secret@127.0.0.1:1/upload',
  'file:///etc/passwd',
  'https://[/',
])('an upload that is sent to %s is not sent', async (location) => {
  await using from = await startRegistry();
  await using to = await startRegistry({ auth: { kind: 'basic', users } });
  from.push('app', 'v1', app);
  to.fault({
    match: ({ method, headers }) => method === 'POST' && headers.authorization !== undefined,
    does: header('Location', location),
  });
  await using registry = client({ hosts: { [to.host]: { credentials: alice } } });
  const error = await failure(registry.copy(named(from, 'app', 'v1'), named(to, 'app', 'v1')));
  expect(error.code).toBe('BLOCKED_BY_POLICY');
  expect(error.message).not.toContain('secret');
  expect(to.requests.some(({ method }) => method === 'PUT')).toBe(false);
});

test('a referrer whose digest was forged on the way is refused when it is read', async () => {
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });
  server.push('app', undefined, signature);
  server.fault({ match: { reference: signature.digest }, does: digestHeader('forged') });
  server.fault({
    match: { reference: signature.digest },
    does: () => ({ status: 200, headers: {}, body: app.bytes }),
  });
  await using registry = client();
  const [found] = await registry.referrers(named(server, 'app', digest));
  const error = await failure(registry.manifest(named(server, 'app', found?.digest ?? '')));
  expect(error.code).toBe('DIGEST_MISMATCH');
});
