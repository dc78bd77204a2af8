import { image, index, startRegistry, startTokenServer } from '@pindrift/testing';
import {
  bodyBehindHead,
  challenge,
  contentLength,
  digestHeader,
  gzip,
  header,
  html,
  raw,
  redirect,
  schema1,
  status,
} from '@pindrift/testing/faults';
import { afterAll, describe, expect, test } from 'vitest';
import { client, failure, named } from './testing/client.ts';
import { printQuirks } from './testing/quirk-matrix.ts';

afterAll(printQuirks(import.meta.url));

const app = index([image(), image({ platform: 'linux/arm64' })]);

/** What registries in the field are known to do, and what must come of it. */
describe('a registry that', () => {
  test.each(['missing', 'malformed', 'twice', 'two'] as const)(
    'has its digest header %s on HEAD is asked by GET, and the bytes decide',
    async (lie) => {
      await using server = await startRegistry();
      const digest = server.push('app', 'v1', app);
      server.fault({ match: { method: 'HEAD' }, does: digestHeader(lie) });
      await using registry = client();
      const found = await registry.resolve(named(server, 'app', 'v1'));
      expect(found).toMatchObject({ digest, verified: true, size: app.bytes.length });
      expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    },
  );

  test('never sends a digest (Red Hat, Nexus) is read by GET', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: digestHeader('missing') });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect((await registry.resolve(named(server, 'app', digest))).digest).toBe(digest);
  });

  test('sends application/octet-stream (Artifactory) is read by GET, and the body names its type', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: header('Content-Type', 'application/octet-stream') });
    await using registry = client();
    expect(await registry.resolve(named(server, 'app', 'v1'))).toMatchObject({
      digest,
      mediaType: app.mediaType,
      verified: true,
    });
  });

  test('sends parameters and capitals in its type is believed', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    server.fault({
      does: header('Content-Type', (type) => `${type.toUpperCase()}; charset=UTF-8`),
    });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).mediaType).toBe(app.mediaType);
    expect(server.counters.requests).toBe(1);
  });

  test('hashes the empty body of its HEAD is not believed', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    const ofNothing = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    server.fault({ match: { method: 'HEAD' }, does: header('Docker-Content-Digest', ofNothing) });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
  });

  test.each([400, 405, 501])('answers HEAD with %d is asked by GET from then on', async (code) => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    server.push('app', 'v2', app);
    server.fault({ match: { method: 'HEAD' }, does: status(code) });
    await using registry = client();
    await registry.resolve(named(server, 'app', 'v1'));
    await registry.resolve(named(server, 'app', 'v2'));
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'GET']);
  });

  test('says 404 to HEAD and knows the tag by GET is believed by GET', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ match: { method: 'HEAD' }, does: status(404) });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
  });

  test('compresses what it was asked not to (registry.access.redhat.com) is understood', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: digestHeader('missing') });
    server.fault({ does: gzip() });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
  });

  test('declares another length on HEAD than on GET (Harbor) is no matter', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ match: { method: 'HEAD' }, does: contentLength((honest) => honest - 7) });
    await using registry = client();
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect((await registry.manifest(named(server, 'app', 'v1'))).size).toBe(app.bytes.length);
  });

  test('sends a body behind the head of its HEAD is survived', async () => {
    await using server = await startRegistry();
    server.fault({ match: { method: 'HEAD' }, does: bodyBehindHead() });
    const digests = ['v1', 'v2', 'v3', 'v4'].map((tag) => server.push('app', tag, app));
    await using registry = client({ concurrency: 1 });
    const found = await Promise.all(
      ['v1', 'v2', 'v3', 'v4'].map((tag) => registry.resolve(named(server, 'app', tag))),
    );
    expect(found.map(({ digest }) => digest)).toEqual(digests);
  });

  test('answers in schema 1 is told from one that answers wrong', async () => {
    for (const form of ['signed', 'plain'] as const) {
      await using server = await startRegistry();
      server.push('app', 'v1', app);
      server.fault({ does: schema1(form) });
      await using registry = client();
      const error = await failure(registry.resolve(named(server, 'app', 'v1')));
      expect(error.code).toBe('UNSUPPORTED_SCHEMA1');
      expect(error.hint).toContain('push it again');
    }
  });

  test('issues tokens in either field, with any lifetime and a clock that is wrong, is asked for one', async () => {
    for (const options of [
      { field: 'token' },
      { field: 'access_token' },
      { expiresIn: undefined },
      { expiresIn: 0, lifetime: 60 },
      { clockSkew: -3600 },
      { clockSkew: 3600 },
    ] as const) {
      await using tokens = await startTokenServer(options);
      await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
      for (const tag of ['v1', 'v2', 'v3']) server.push('app', tag, app);
      await using registry = client();
      for (const tag of ['v1', 'v2', 'v3']) await registry.resolve(named(server, 'app', tag));
      expect(tokens.counters.requests).toBe(1);
    }
  });

  test('refuses credentials for what is public (GHCR answers 403) is asked again without', async () => {
    for (const refusal of [401, 403] as const) {
      await using tokens = await startTokenServer({ users: { alice: 'right' }, refusal });
      await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
      const digest = server.push('app', 'v1', app);
      const warnings: string[] = [];
      await using registry = client({
        warn: (message) => warnings.push(message),
        hosts: { [server.host]: { credentials: { username: 'alice', password: 'outdated-one' } } },
      });
      expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
      expect(tokens.requests.map(({ authorized }) => authorized)).toEqual([true, false]);
      expect(warnings.join()).toContain('the configuration');
      expect(warnings.join()).not.toContain('outdated-one');
      const missing = await failure(registry.resolve(named(server, 'app', 'v2')));
      expect(missing.code).toBe('AUTH_FAILED');
    }
  });

  test('sends two challenges in one header, with scope * (Forgejo), is asked for one token in all', async () => {
    await using tokens = await startTokenServer({
      grant: (_user, scope) => (scope.type === '*' ? ['*'] : []),
    });
    await using server = await startRegistry();
    const value = `Bearer realm="${tokens.realm}",service="container_registry",scope="*",Basic realm="x"`;
    server.fault({
      match: ({ headers }) => headers.authorization === undefined,
      does: challenge(value),
    });
    for (const name of ['a', 'b', 'c']) server.push(name, 'v1', app);
    await using registry = client();
    for (const name of ['a', 'b', 'c']) await registry.resolve(named(server, name, 'v1'));
    expect(server.requests.map(({ status: code }) => code)).toEqual([401, 200, 200, 200]);
    expect(tokens.requests.map(({ path }) => path)).toEqual([expect.stringContaining('scope=*')]);
  });

  test('revokes a token before its time is asked with a new one, once', async () => {
    await using tokens = await startTokenServer();
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    server.push('app', 'v1', app);
    server.push('app', 'v2', app);
    await using registry = client();
    await registry.resolve(named(server, 'app', 'v1'));
    tokens.revoke();
    await registry.resolve(named(server, 'app', 'v2'));
    expect(server.requests.map(({ status: code }) => code)).toEqual([401, 200, 401, 200]);
    expect(tokens.counters.requests).toBe(2);
    server.fault({ does: challenge((honest) => honest || `Bearer realm="${tokens.realm}"`) });
    server.push('app', 'v3', app);
    server.forget();
    expect((await failure(registry.resolve(named(server, 'app', 'v3')))).code).toBe(
      'AUTH_REQUIRED',
    );
    expect(server.counters.requests).toBeLessThanOrEqual(4);
  });

  test('wants a larger scope is asked with the new one first', async () => {
    await using tokens = await startTokenServer();
    await using server = await startRegistry();
    server.push('virtual/app', 'v1', app);
    const wanted = 'repository:other/path/app:pull';
    const seen = (authorization: string | undefined): boolean =>
      (tokens.check(authorization?.slice(7) ?? '') ?? []).some(
        ({ name }) => name === 'other/path/app',
      );
    server.fault({
      match: ({ headers }) => !seen(headers.authorization),
      does: challenge(
        `Bearer realm="${tokens.realm}",error="insufficient_scope",scope="${wanted}"`,
      ),
    });
    await using registry = client();
    await registry.resolve(named(server, 'virtual/app', 'v1'));
    expect(
      tokens.requests.map(({ path }) => new URL(path, tokens.url).searchParams.getAll('scope')),
    ).toEqual([[wanted]]);
  });

  test('keeps blobs and manifests elsewhere (registry.k8s.io) is followed without credentials', async () => {
    await using elsewhere = await startRegistry();
    const digest = elsewhere.push('real/app', 'v1', app);
    await using server = await startRegistry({
      auth: { kind: 'basic', users: { alice: 'secret' } },
    });
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ params }) => `${elsewhere.url}/v2/real/app/manifests/${params.reference}`),
    });
    await using registry = client({
      hosts: { [server.host]: { credentials: { username: 'alice', password: 'secret' } } },
    });
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect(elsewhere.requests.map(({ authorized }) => authorized)).toEqual([false]);
  });

  test('is a gateway to another registry (lscr.io) gets an anonymous token from that one', async () => {
    await using tokens = await startTokenServer({ users: { alice: 'secret' } });
    await using real = await startRegistry({ auth: { kind: 'bearer', tokens } });
    const digest = real.push('team/app', 'v1', app);
    await using server = await startRegistry();
    server.fault({ does: redirect(({ path }) => `${real.url}${path}`) });
    await using registry = client({
      hosts: { [server.host]: { credentials: { username: 'alice', password: 'secret' } } },
    });
    expect((await registry.resolve(named(server, 'team/app', 'v1'))).digest).toBe(digest);
    expect(real.requests.map(({ status: code }) => code)).toEqual([401, 200]);
    expect(tokens.requests.map(({ authorized }) => authorized)).toEqual([false]);
    expect(server.requests.every(({ authorized }) => !authorized)).toBe(true);
  });

  test('answers errors as plain text (mcr.microsoft.com) or not at all is quoted as far as it can be', async () => {
    await using server = await startRegistry();
    server.fault({
      does: () => ({
        status: 403,
        headers: {},
        body: Buffer.from('Ref A: 0123\u001b[31m Ref B: 4567'),
      }),
    });
    await using registry = client();
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('DENIED');
    expect(error.message).toContain('Ref A: 0123 [31m Ref B: 4567');
  });

  test.each([200, 404, 500])(
    'is a web page with status %d is not taken for a registry',
    async (code) => {
      await using server = await startRegistry();
      server.fault({ does: html(code) });
      await using registry = client();
      const error = await failure(registry.resolve(named(server, 'app', 'v1')));
      expect(['PROTOCOL', 'UNAVAILABLE']).toContain(error.code);
      expect(error.message).not.toContain('<html>');
    },
  );

  test('speaks no HTTP is a protocol fault', async () => {
    await using server = await startRegistry();
    server.fault({ does: raw('SSH-2.0-OpenSSH_9.9\r\n') });
    await using registry = client({ hosts: { [server.host]: { plainHttp: true } } });
    const error = await failure(registry.resolve(named(server, 'app', 'v1')));
    expect(error.code).toBe('PROTOCOL');
  });
});

describe('the list of tags', () => {
  test('without a Link is continued after the last tag (crane)', async () => {
    await using server = await startRegistry();
    const tags = Array.from({ length: 2500 }, (_, n) => `t${String(n).padStart(4, '0')}`);
    for (const tag of tags) server.push('app', tag, app);
    server.fault({ match: { route: 'tags' }, does: header('Link', undefined) });
    await using registry = client();
    expect(await registry.tags(named(server, 'app', 'v1'))).toEqual(tags);
    expect(server.counters.requests).toBe(3);
  });

  test('may be null', async () => {
    await using server = await startRegistry();
    server.fault({
      does: () => ({ status: 200, headers: {}, body: Buffer.from('{"name":"app","tags":null}') }),
    });
    await using registry = client();
    expect(await registry.tags(named(server, 'app', 'v1'))).toEqual([]);
  });

  test('may come in any order, twice, with what cannot be a tag', async () => {
    await using server = await startRegistry();
    const tags = ['b', 'a', '../x', 'b', '', 7, '-x', '1.0.0'];
    server.fault({
      does: () => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify({ tags })) }),
    });
    await using registry = client();
    expect(await registry.tags(named(server, 'app', 'v1'))).toEqual(['1.0.0', 'a', 'b']);
  });
});
