import { gzipSync } from 'node:zlib';
import { parseReference } from '@pindrift/reference';
import {
  type Authority,
  createAuthority,
  image,
  index,
  startRegistry,
  startTokenServer,
} from '@pindrift/testing';
import {
  challenge,
  contentLength,
  digestHeader,
  dualType,
  endless,
  header,
  link,
  oversize,
  redirect,
  tampered,
} from '@pindrift/testing/faults';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RegistryOptions } from './registry-options.ts';
import { client, failure, internet, named } from './testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const alice = { username: 'alice', password: 'secret' };
const users = { alice: 'secret' };

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

/** A registry with TLS under a public name, and what a client needs to reach it as alice. */
async function publicRegistry(
  name: string,
  others: Readonly<Record<string, string>> = {},
): Promise<{
  server: Awaited<ReturnType<typeof startRegistry>>;
  options: RegistryOptions;
  host: string;
}> {
  const names = [name, 'other.example', 'auth.test.example'];
  const server = await startRegistry({
    tls: await authority.server(names),
    auth: { kind: 'basic', users },
  });
  const host = `${name}:${server.port}`;
  const options = {
    ...internet(names, others),
    hosts: { [host]: { ca: authority.certificate, credentials: alice } },
  };
  return { server, options, host };
}

describe('a redirect', () => {
  test.each([
    ['from https to http', 'http://other.example/v2/'],
    ['to a metadata address', 'https://169.254.169.254/latest/meta-data/'],
    ['to a metadata address in disguise', 'https://0xa9fea9fe/latest/'],
    ['to a metadata address in IPv6 clothes', 'https://[::ffff:a9fe:a9fe]/'],
    ['to a metadata address as one number', 'https://2852039166/latest/'],
    ['to a metadata address of another cloud', 'https://100.100.100.200/latest/'],
    ['to a metadata address of IPv6', 'https://[fd00:ec2::254]/latest/'],
    ['to a link-local address', 'https://[fe80::1]/'],
    ['to no address at all', 'https://0.0.0.0/'],
    ['to no address at all, of IPv6', 'https://[::]/'],
    ['to a name of a metadata address', 'https://metadata.evil.example/latest/'],
    ['to a name of this machine', 'https://loopback.evil.example/'],
    ['to loopback', 'https://127.0.0.1/v2/'],
    ['to localhost', 'https://localhost/v2/'],
    ['to a private address', 'https://10.0.0.1/v2/'],
    ['to a name of a private address', 'https://intranet.evil.example/v2/'],
    ['to an unusual port', 'https://other.example:6379/'],
    ['with a user in it', 'https://alice:secret@other.example/'],
    ['to a file', 'file:///etc/passwd'],
    ['to no URL', 'https://[/'],
  ])('%s is not followed', async (_, target) => {
    const { server, options, host } = await publicRegistry('registry.test.example', {
      'metadata.evil.example': '169.254.169.254',
      'intranet.evil.example': '10.1.2.3',
      'loopback.evil.example': '::1',
    });
    await using _server = server;
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(target),
    });
    await using registry = client(options);
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(error.message).not.toContain('secret');
  });

  test('that goes on and on ends after five', async () => {
    await using server = await startRegistry();
    server.fault({ does: redirect('loop') });
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(server.counters.requests).toBe(6);
  });

  test('to another port of the same host takes no credentials along (GHSA-vh4v-2xq2-g5cg)', async () => {
    await using other = await startRegistry();
    const digest = other.push('app', 'v1', app);
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ path }) => `${other.url}${path}`),
    });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect(other.requests.map(({ authorized }) => authorized)).toEqual([false]);
  });

  test('away and back does not bring the credentials back', async () => {
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    await using other = await startRegistry();
    server.push('app', 'v1', app);
    other.fault({ does: redirect(({ path }) => `${server.url}${path}`) });
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ path }) => `${other.url}${path}`),
    });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('AUTH_FAILED');
    expect(server.requests.map(({ authorized }) => authorized)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('a token service', () => {
  test('that is none of the registry gets no credentials (CVE-2026-48978, CVE-2026-33540)', async () => {
    await using thief = await startTokenServer({ tls: await authority.server(['evil.example']) });
    const { server, options, host } = await publicRegistry('registry.test.example');
    await using _server = server;
    server.fault({ does: challenge(`Bearer realm="https://evil.example:${thief.port}/token"`) });
    await using registry = client({
      ...options,
      ...internet(['registry.test.example', 'evil.example']),
    });
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(error.hint).toContain(`realmHosts: ["evil.example:${thief.port}"]`);
    expect(thief.counters.connections).toBe(0);
  });

  test.each([
    ['on a private address', 'https://10.0.0.1/token'],
    ['on this machine', 'https://127.0.0.1/token'],
    ['on no address at all (go-containerregistry #2284)', 'https://0.0.0.0/token'],
    ['on a metadata address', 'https://169.254.169.254/latest/api/token'],
    ['on a metadata address in disguise', 'https://[::ffff:a9fe:a9fe]/token'],
    [
      'under a name of a metadata address (go-containerregistry #2440)',
      'https://metadata.evil.example/token',
    ],
    ['over http', 'http://auth.test.example/token'],
    ['with a user in its URL', 'https://a:b@auth.test.example/token'],
  ])('%s is not asked, not even without credentials', async (_, realm) => {
    const { server, options, host } = await publicRegistry('registry.test.example', {
      'metadata.evil.example': '169.254.169.254',
    });
    await using _server = server;
    server.fault({ does: challenge(`Bearer realm="${realm}"`) });
    await using registry = client({
      ...options,
      hosts: { [host]: { ca: authority.certificate, credentials: 'anonymous' } },
    });
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
  });

  test('may not pass the credentials on (go-containerregistry #2291)', async () => {
    await using other = await startTokenServer();
    await using tokens = await startTokenServer();
    tokens.fault({ does: redirect(({ query }) => `${other.realm}?${query}`) });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(other.counters.requests).toBe(0);
  });

  test('cannot smuggle a header in with its token', async () => {
    await using tokens = await startTokenServer();
    tokens.fault({
      does: () => ({ status: 200, headers: {}, body: Buffer.from('{"token":"a\\r\\nX-Evil: 1"}') }),
    });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('PROTOCOL');
    expect(server.counters.requests).toBe(1);
  });

  test('is not asked for the right to push, whatever the challenge says', async () => {
    await using tokens = await startTokenServer({ users });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    server.push('app', 'v1', app);
    server.fault({
      match: ({ headers }) => headers.authorization === undefined,
      does: challenge(`Bearer realm="${tokens.realm}",scope="repository:app:pull,push,delete"`),
    });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    await registry.resolve(named(server, 'app', 'v1'));
    expect(tokens.requests[0]?.path).toContain('scope=repository%3Aapp%3Apull&');
  });

  test('that answers without end is cut off', async () => {
    await using tokens = await startTokenServer();
    tokens.fault({ does: endless() });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    await using registry = client();
    expect((await failure(registry.resolve(named(server, 'app', 'v1')))).code).toBe('TOO_LARGE');
  });
});

describe('an address', () => {
  test.each(['169.254.169.254', '0.0.0.0:5000', '[fe80::1]:5000', '[::ffff:a9fe:a9fe]'])(
    '%s is not asked although a manifest names it as a registry',
    async (host) => {
      await using registry = client();
      const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
      expect(error.code).toBe('BLOCKED_BY_POLICY');
    },
  );

  test('of a registry may be private when the user named it', async () => {
    const server = await startRegistry({ tls: await authority.server(['registry.corp.example']) });
    await using _server = server;
    const digest = server.push('app', 'v1', app);
    const host = `registry.corp.example:${server.port}`;
    await using registry = client({
      hosts: { [host]: { ca: authority.certificate } },
      network: {
        lookup: async () => [{ address: '10.9.8.7', family: 4 }],
        route: () => '127.0.0.1',
      },
    });
    expect((await registry.resolve(parseReference(`${host}/app:v1`))).digest).toBe(digest);
  });

  test('is refused when only one of several of a name is bad', async () => {
    const { server, options, host } = await publicRegistry('registry.test.example');
    await using _server = server;
    await using registry = client({
      ...options,
      network: {
        lookup: async () => [
          { address: '203.0.113.10', family: 4 },
          { address: '169.254.169.254', family: 4 },
        ],
        route: () => '127.0.0.1',
      },
    });
    const error = await failure(registry.resolve(parseReference(`${host}/app:v1`)));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(server.counters.connections).toBe(0);
  });
});

describe('what is sent', () => {
  test('is hashed, and refused when it is not what was asked for', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: tampered() });
    await using registry = client();
    const byDigest = await failure(registry.manifest(named(server, 'app', digest)));
    expect(byDigest.code).toBe('DIGEST_MISMATCH');
    const byTag = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(byTag.code).toBe('DIGEST_MISMATCH');
  });

  test('as a configuration is hashed too, and no longer than its manifest says', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', image());
    for (const [does, code] of [
      [tampered(), 'TOO_LARGE'],
      [() => ({ status: 200, headers: {}, body: Buffer.from('{}') }), 'DIGEST_MISMATCH'],
    ] as const) {
      const fault = server.fault({ match: { route: 'blob' }, does });
      await using registry = client();
      expect((await failure(registry.config(named(server, 'app', 'v1')))).code).toBe(code);
      fault.lift();
    }
  });

  test('under another digest than asked for is read and refused', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ match: { method: 'HEAD' }, does: digestHeader('forged') });
    await using registry = client();
    expect(await registry.resolve(named(server, 'app', digest))).toMatchObject({
      digest,
      verified: true,
    });
  });

  test('as an index and an image at once is refused (CVE-2021-41190)', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    server.fault({ does: dualType() });
    await using registry = client();
    const error = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(error.code).toBe('UNSUPPORTED_MEDIA');
  });

  test.each([
    ['longer than the limit', oversize(5_000_000)],
    ['without end', endless()],
    ['with a length beyond reason', contentLength(() => 2 ** 40)],
    [
      'as a small file that unpacks to a large one',
      () => ({
        status: 200,
        headers: { 'Content-Encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(50_000_000, ' ')),
      }),
    ],
  ] as const)('%s is cut off (CVE-2020-1702)', async (_, does) => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    server.fault({ does });
    await using registry = client();
    const error = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(error.code).toBe('TOO_LARGE');
    expect(server.requests[0]?.bytesSent).toBeLessThan(20_000_000);
  });

  test('as a digest never becomes part of a path (CVE-2024-3727)', async () => {
    await using server = await startRegistry();
    const evil = { mediaType: app.mediaType, digest: 'sha256:x/../../../other/secret', size: 7 };
    server.push(
      'app',
      'v1',
      index([{ ...evil, platform: { os: 'linux', architecture: 'amd64' } }]),
    );
    await using registry = client();
    const error = await failure(
      registry.resolve(named(server, 'app', 'v1'), { platform: 'linux/amd64' }),
    );
    expect(error.code).toBe('PLATFORM_NOT_FOUND');
    expect(server.requests.every(({ path }) => path.startsWith('/v2/app/manifests/'))).toBe(true);
  });
});

describe('the pages of a list', () => {
  test('lead nowhere else (GHSA-h7vf-4x9w-h99v)', async () => {
    await using other = await startRegistry();
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    for (const value of [
      `<${other.url}/v2/app/tags/list?x=1>; rel="next"`,
      '<http://169.254.169.254/latest>; rel="next"',
      '</v2/other/secret/tags/list?x=1>; rel="next"',
    ]) {
      const fault = server.fault({ does: link({ value }) });
      await using registry = client();
      expect(await registry.tags(named(server, 'app', 'v1'))).toEqual(['v1']);
      fault.lift();
    }
    expect(other.counters.requests).toBe(0);
    expect(server.requests.every(({ path }) => path.startsWith('/v2/app/tags/list'))).toBe(true);
  });

  test.each(['endless', 'loop'] as const)(
    'end, although there is always a next one: %s (GHSA-298f-872v-2rcx)',
    async (lie) => {
      await using server = await startRegistry();
      server.push('app', 'v1', app);
      server.fault({ does: link(lie) });
      await using registry = client();
      expect(await registry.tags(named(server, 'app', 'v1'))).toEqual(['v1']);
      expect(server.counters.requests).toBeLessThanOrEqual(2);
    },
  );
});

test('no request carries more than it must', async () => {
  await using server = await startRegistry();
  server.push('app', 'v1', app);
  server.fault({ does: header('Set-Cookie', 'session=1') });
  await using registry = client();
  await registry.manifest(named(server, 'app', 'v1'));
  await registry.tags(named(server, 'app', 'v1'));
  const sent = new Set(server.requests.flatMap(({ headers }) => Object.keys(headers)));
  expect([...sent].toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});
