import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  createAuthority,
  image,
  index,
  rawManifest,
  startRegistry,
  startTokenServer,
} from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { client, failure, named } from './testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64/v8' })]);
describe('resolving', () => {
  test('a tag takes one HEAD and gives the digest of the index', async () => {
    await using server = await startRegistry();
    const digest = server.push('team/app', 'v1', app);
    await using registry = client();
    const reference = named(server, 'team/app', 'v1');
    expect(await registry.resolve(reference)).toEqual({
      digest,
      mediaType: app.mediaType,
      size: app.bytes.length,
      verified: false,
    });
    await Promise.all([registry.resolve(reference), registry.resolve(reference)]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'HEAD /v2/team/app/manifests/v1',
    ]);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
    expect(server.requests[0]?.headers.accept?.split(', ')).toHaveLength(4);
  });

  test('1,000 tags on one host are 1,000 HEADs over no more connections than allowed', async () => {
    await using server = await startRegistry();
    for (let n = 0; n < 1000; n += 1) server.push(`team/app${n % 50}`, `v${n}`, app);
    await using registry = client({ hosts: { [server.host]: { plainHttp: true } } });
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        registry.resolve(named(server, `team/app${n % 50}`, `v${n}`)),
      ),
    );
    expect(server.counters.requests).toBe(1000);
    expect(server.counters.connections).toBeLessThanOrEqual(16);
  });

  test('1,000 tags behind a token service take one challenge and one token per repository', async () => {
    await using tokens = await startTokenServer({ users: { alice: 'secret' } });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    for (let n = 0; n < 1000; n += 1) server.push(`team/app${n % 50}`, `v${n}`, app);
    await using registry = client({ concurrency: 8 });
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        registry.resolve(named(server, `team/app${n % 50}`, `v${n}`)),
      ),
    );
    expect(server.requests.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(server.counters.requests).toBe(1001);
    expect(tokens.counters.requests).toBe(50);
    expect(tokens.counters.connections).toBeLessThanOrEqual(8);
  });

  test('a platform selects its image inside the index', async () => {
    await using server = await startRegistry();
    server.push('team/app', 'v1', app);
    await using registry = client();
    const reference = named(server, 'team/app', 'v1');
    const arm = image({ platform: 'linux/arm64/v8' });
    expect((await registry.resolve(reference, { platform: 'linux/arm64' })).digest).toBe(
      arm.digest,
    );
    expect(await registry.platforms(reference)).toEqual(['linux/amd64', 'linux/arm64/v8']);
    const error = await failure(registry.resolve(reference, { platform: 'windows/amd64' }));
    expect(error.code).toBe('PLATFORM_NOT_FOUND');
    expect(error.message).toContain('linux/amd64, linux/arm64/v8');
  });

  test('the platform of a single image is read from its configuration', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', image({ platform: 'linux/arm/v7' }));
    await using registry = client();
    const reference = named(server, 'app', 'v1');
    expect(await registry.platforms(reference)).toEqual(['linux/arm/v7']);
    expect((await registry.resolve(reference, { platform: 'linux/arm/v7' })).digest).toBe(digest);
    const error = await failure(registry.resolve(reference, { platform: 'linux/amd64' }));
    expect(error.code).toBe('PLATFORM_NOT_FOUND');
  });

  test('a digest is checked to exist by HEAD', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    await using registry = client();
    const reference = named(server, 'app', digest);
    expect((await registry.resolve(reference)).digest).toBe(digest);
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD']);
    const gone = named(server, 'app', `sha256:${'0'.repeat(64)}`);
    expect((await failure(registry.resolve(gone))).code).toBe('NOT_FOUND');
  });

  test('a missing tag says so in the words of the registry', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v2')));
    expect(error).toMatchObject({
      code: 'NOT_FOUND',
      host: server.host,
      step: 'resolve',
      status: 404,
      registryCode: 'MANIFEST_UNKNOWN',
    });
    expect(error.message).toContain('manifest unknown');
  });
});

describe('reading', () => {
  test('manifest, configuration and tags', async () => {
    await using server = await startRegistry({ pageSize: 2 });
    for (const tag of ['v1.10.0', 'v1.9.0', 'latest', 'v1.9.0-rc.1', 'edge']) {
      server.push('team/app', tag, app);
    }
    await using registry = client();
    const reference = named(server, 'team/app', 'latest');
    const manifest = await registry.manifest(reference);
    expect(Buffer.from(manifest.bytes)).toEqual(app.bytes);
    expect(manifest).toMatchObject({ digest: app.digest, verified: true });
    const config = await registry.config(reference, { platform: 'linux/arm64' });
    expect(JSON.parse(Buffer.from(config.bytes).toString())).toMatchObject({
      architecture: 'arm64',
      variant: 'v8',
    });
    expect(await registry.tags(reference)).toEqual([
      'v1.9.0-rc.1',
      'v1.9.0',
      'v1.10.0',
      'edge',
      'latest',
    ]);
  });

  test('schema 1 and bodies with two meanings are refused', async () => {
    await using server = await startRegistry();
    server.push(
      'old',
      'v1',
      rawManifest(
        '{"schemaVersion":1}',
        'application/vnd.docker.distribution.manifest.v1+prettyjws',
      ),
    );
    server.push(
      'both',
      'v1',
      rawManifest('{"schemaVersion":2,"manifests":[],"layers":[]}', 'application/json'),
    );
    await using registry = client();
    const old = await failure(registry.resolve(named(server, 'old', 'v1')));
    expect(old.code).toBe('UNSUPPORTED_SCHEMA1');
    const both = await failure(registry.resolve(named(server, 'both', 'v1')));
    expect(both.code).toBe('UNSUPPORTED_MEDIA');
  });
});

describe('authentication', () => {
  test('Basic sends the credentials from the second request on', async () => {
    await using server = await startRegistry({
      auth: { kind: 'basic', users: { alice: 'secret' } },
    });
    server.push('app', 'v1', app);
    server.push('app', 'v2', app);
    await using registry = client({
      hosts: { [server.host]: { credentials: { username: 'alice', password: 'secret' } } },
    });
    await registry.resolve(named(server, 'app', 'v1'));
    await registry.resolve(named(server, 'app', 'v2'));
    expect(server.requests.map(({ authorized }) => authorized)).toEqual([false, true, true]);
  });

  test('without credentials it says that a login is needed, with wrong ones where they came from', async () => {
    await using server = await startRegistry({
      auth: { kind: 'basic', users: { alice: 'secret' } },
    });
    server.push('app', 'v1', app);
    const reference = named(server, 'app', 'v1');
    await using anonymous = client();
    expect((await failure(anonymous.resolve(reference))).code).toBe('AUTH_REQUIRED');
    await using wrong = client({
      environment: {
        DOCKER_AUTH_CONFIG: JSON.stringify({
          auths: { [server.host]: { auth: Buffer.from('alice:wrong-one').toString('base64') } },
        }),
      },
    });
    const error = await failure(wrong.resolve(reference));
    expect(error).toMatchObject({ code: 'AUTH_FAILED', credentialSource: 'DOCKER_AUTH_CONFIG' });
    expect(error.message).not.toContain('wrong-one');
  });

  test('a private repository is read with a token for the user', async () => {
    await using tokens = await startTokenServer({ users: { alice: 'secret' }, anonymous: false });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    const digest = server.push('team/app', 'v1', app);
    await using registry = client({
      hosts: { [server.host]: { credentials: { username: 'alice', password: 'secret' } } },
    });
    const reference = named(server, 'team/app', 'v1');
    expect((await registry.resolve(reference)).digest).toBe(digest);
    expect(tokens.requests[0]?.path).toContain('scope=repository%3Ateam%2Fapp%3Apull');
  });
});

describe('connections', () => {
  test('https with an own authority keeps one connection for one request at a time', async () => {
    const authority = await createAuthority();
    await using server = await startRegistry({ tls: await authority.server() });
    for (let n = 0; n < 20; n += 1) server.push('app', `v${n}`, app);
    await using registry = client({
      hosts: { [server.host]: { ca: authority.certificate, concurrency: 1 } },
    });
    for (let n = 0; n < 20; n += 1) {
      await registry.resolve(named(server, 'app', `v${n}`));
    }
    expect(server.counters.requests).toBe(20);
    expect(new Set(server.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test('a certificate that nobody vouches for is a TLS error with a way out', async () => {
    const authority = await createAuthority();
    await using server = await startRegistry({ tls: await authority.server() });
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('TLS');
    expect(error.message).toContain("'ca'");
    expect(server.counters.requests).toBe(0);
  });

  test('over IPv6 are as good as any', async () => {
    await using server = await startRegistry({ host: '::1' });
    const digest = server.push('app', 'v1', app);
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
  });

  test('speak HTTP/2 where the host offers it, over one connection, unless told not to', async () => {
    const authority = await createAuthority();
    await using server = await startRegistry({
      tls: { ...(await authority.server()), http2: true },
    });
    for (let n = 0; n < 100; n += 1) server.push('app', `v${n}`, app);
    for (const [http2, protocol, connections] of [
      [true, '2.0', 2],
      [false, '1.1', 16],
    ] as const) {
      server.forget();
      const hosts = { [server.host]: { ca: authority.certificate, http2 } };
      await using registry = client({ hosts });
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => registry.resolve(named(server, 'app', `v${n}`))),
      );
      expect((await registry.manifest(named(server, 'app', 'v1'))).digest).toBe(app.digest);
      expect(new Set(server.requests.map((request) => request.protocol))).toEqual(
        new Set([protocol]),
      );
      expect(new Set(server.requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(
        connections,
      );
      expect(server.counters.requests).toBe(101);
    }
  });

  test('offline nothing is opened', async () => {
    await using server = await startRegistry();
    await using registry = client({ offline: true });
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('OFFLINE');
    expect(server.counters.connections).toBe(0);
  });

  test('a host where nobody listens is unavailable', async () => {
    const server = await startRegistry();
    await server.close();
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('UNAVAILABLE');
  });

  test('importing the package loads no undici', async () => {
    const script = `
      await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('undici'));
      process.stdout.write(JSON.stringify(loaded));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      script,
    ]);
    expect(stdout).toBe('[]');
  });
});
