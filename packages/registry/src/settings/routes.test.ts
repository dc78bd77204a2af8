import { type ImageReference, parseReference } from '@pindrift/reference';
import { image, index, startRegistry, type TestRegistry } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { client, failure, internet, named } from '../testing/client.ts';
import { routesOf } from './routes.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const other = image({ layers: ['another one'] });

function paths({ requests }: TestRegistry): string[] {
  return requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
}

describe('the route of a repository', () => {
  const hosts = {
    'quay.io': { mirrors: [] },
    'quay.io/team': { location: 'a.example/team' },
    'quay.io/team/app': { blocked: true },
    '*.example.com': { location: 'b.example' },
    '*.eu.example.com': { location: 'c.example' },
    'x.eu.example.com': { mirrors: [] },
    'x.eu.example.com/team': { blocked: true },
    '*.ports.example:5000': { blocked: true },
    'lab.example': { insecure: true },
  };

  test.each([
    ['quay.io', ['team/app', 'team', '']],
    ['quay.io.example', []],
    ['a.example.com', ['']],
    ['a.example.com:5000', ['']],
    ['example.com', []],
    ['evilexample.com', []],
    ['a.eu.example.com', ['', '']],
    ['x.eu.example.com', ['team', '', '', '']],
    ['a.ports.example:5000', ['']],
    ['a.ports.example', []],
    ['lab.example', []],
  ])('of %s is one of %j, the longest first', (registry, found) => {
    expect(routesOf(hosts, registry).map(({ path }) => path)).toEqual(found);
  });

  test('is that of the nearest domain when the host itself has none', () => {
    expect(routesOf(hosts, 'a.eu.example.com')[0]?.location).toBe('c.example');
    expect(routesOf(hosts, 'x.eu.example.com')[1]?.location).toBeUndefined();
  });
});

describe('a part of a registry', () => {
  test('is read where it is said to be, with the credentials of there, and keeps its name', async () => {
    await using server = await startRegistry();
    await using there = await startRegistry({ auth: { kind: 'basic', users: { bob: 'b' } } });
    there.push('ours/app', 'v1', app);
    there.push('ours', 'v1', other);
    server.push('teams/app', 'v1', other);
    await using registry = client({
      hosts: {
        [server.host]: { credentials: { username: 'alice', password: 'a' } },
        [`${server.host}/team`]: { location: `${there.host}/ours` },
        [there.host]: { credentials: { username: 'bob', password: 'b' } },
      },
    });
    const found = await registry.resolve(named(server, 'team/app', 'v1'));
    expect(found.digest).toBe(app.digest);
    expect((await registry.resolve(named(server, 'team', 'v1'))).digest).toBe(other.digest);
    expect(await registry.platforms(named(server, 'team/app', 'v1'))).toHaveLength(2);
    expect(server.counters.requests).toBe(0);
    expect((await registry.resolve(named(server, 'teams/app', 'v1'))).digest).toBe(other.digest);
    const sent = there.requests.flatMap(({ headers }) => headers.authorization ?? []);
    expect(new Set(sent)).toEqual(new Set([`Basic ${btoa('bob:b')}`]));
  });

  test('has the tags and referrers of where it is, page by page', async () => {
    await using server = await startRegistry();
    await using there = await startRegistry({ pageSize: 2 });
    const tags = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4'];
    for (const tag of tags) there.push('ours/app', tag, app);
    for (const layer of ['a', 'b', 'c']) {
      there.push('ours/app', undefined, image({ subject: app, layers: [layer] }));
    }
    await using registry = client({
      hosts: { [`${server.host}/team`]: { location: `${there.host}/ours` } },
    });
    expect(await registry.tags(named(server, 'team/app', 'x'))).toEqual(tags);
    expect(await registry.referrers(named(server, 'team/app', '1.0.0'))).toHaveLength(3);
    expect(paths(there).every((path) => path.includes(' /v2/ours/app/'))).toBe(true);
    expect(server.counters.requests).toBe(0);
  });

  test('that is not where it is said to be is not looked for elsewhere', async () => {
    await using server = await startRegistry();
    await using there = await startRegistry();
    server.push('team/app', 'v1', app);
    await using registry = client({
      hosts: { [`${server.host}/team`]: { location: `${there.host}/ours` } },
    });
    const error = await failure(registry.resolve(named(server, 'team/app', 'v1')));
    expect(error).toMatchObject({ code: 'NOT_FOUND', host: there.host });
    expect(server.counters.requests).toBe(0);
  });

  test('has mirrors of its own, in which its prefix is replaced, and not those of the whole', async () => {
    await using server = await startRegistry();
    await using whole = await startRegistry();
    await using part = await startRegistry();
    whole.push('any/app', 'v1', other);
    whole.push('team/app', 'v1', other);
    part.push('cache/app', 'v1', app);
    await using registry = client({
      hosts: {
        [server.host]: { mirrors: [{ url: whole.url, resolve: true }] },
        [`${server.host}/team`]: { mirrors: [{ url: `${part.url}/cache`, resolve: true }] },
      },
    });
    const digestOf = async (name: string): Promise<string> =>
      (await registry.resolve(named(server, name, 'v1'))).digest;
    expect([await digestOf('team/app'), await digestOf('any/app')]).toEqual([
      app.digest,
      other.digest,
    ]);
    expect(server.counters.requests).toBe(0);
  });

  test('that is blocked is asked for nothing, and the rest is', async () => {
    await using server = await startRegistry();
    for (const name of ['team/app', 'teammate/app']) server.push(name, 'v1', app);
    await using registry = client({ hosts: { [`${server.host}/team`]: { blocked: true } } });
    const error = await failure(registry.resolve(named(server, 'team/app', 'v1')));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(error.message).toContain('the configuration blocks');
    const target = named(server, 'team/app', 'v2');
    const source = named(server, 'teammate/app', 'v1');
    expect((await failure(registry.copy(source, target))).code).toBe('BLOCKED_BY_POLICY');
    expect(paths(server).every((path) => path.includes('/teammate/'))).toBe(true);
  });

  test('takes no settings of connections and logins', async () => {
    for (const [key, settings] of [
      ['quay.io/team', { insecure: true }],
      ['quay.io/team', { credentials: { token: 'secret' } }],
      ['*.example.com', { credentials: { token: 'secret' } }],
    ] as const) {
      expect(() => client({ hosts: { [key]: settings } })).toThrow(/can only be said of one whole/);
    }
  });

  test.each(['http://127.0.0.1:1', 'user:secret@host', '[', 'host/../x'])(
    'at %s is an error of the configuration',
    async (location) => {
      await using registry = client({ hosts: { 'quay.io/team': { location } } });
      const error = await failure(registry.resolve(parseReference('quay.io/team/app:v1')));
      expect(error.code).toBe('CONFIGURATION');
      expect(error.message).not.toContain('secret');
    },
  );
});

test('a mirror for tags alone is not asked what digests name', async () => {
  await using server = await startRegistry();
  await using mirror = await startRegistry();
  for (const one of [server, mirror]) one.push('app', 'v1', app);
  await using registry = client({
    hosts: { [server.host]: { mirrors: [{ url: mirror.url, resolve: true, digests: false }] } },
  });
  await registry.resolve(named(server, 'app', 'v1'));
  await registry.manifest(named(server, 'app', app.digest));
  expect(paths(mirror)).toEqual(['HEAD /v2/app/manifests/v1']);
  expect(paths(server)).toEqual([`GET /v2/app/manifests/${app.digest}`]);
});

test('what is copied to a registry with mirrors is written to the registry itself, whole', async () => {
  await using from = await startRegistry();
  await using server = await startRegistry();
  await using mirror = await startRegistry();
  for (const one of [from, mirror]) one.push('app', 'v1', app);
  mirror.fault({ match: { method: 'HEAD', route: 'manifest' }, does: status(404) });
  await using registry = client({
    hosts: { [server.host]: { mirrors: [{ url: mirror.url, resolve: true }] } },
  });
  const copied = await registry.copy(named(from, 'app', 'v1'), named(server, 'app', 'v1'));
  expect(copied.blobs.present).toBe(0);
  expect(mirror.counters.requests).toBe(0);
});

test('hosts below a domain have what is said about the domain', async () => {
  await using registry = client({ hosts: { '*.corp.example': { blocked: true } } });
  const error = await failure(registry.resolve(parseReference('a.b.corp.example/a/app:v1')));
  expect(error.code).toBe('BLOCKED_BY_POLICY');
});

test('hosts below an insecure domain may speak http, and look-alikes may not', async () => {
  await using server = await startRegistry();
  server.push('app', 'v1', app);
  const names = ['a.lab.example', 'evillab.example'];
  await using registry = client({
    ...internet(names),
    hosts: { '*.lab.example': { insecure: true, skipVerify: true } },
  });
  const [lab, lookalike] = names.map((name) => parseReference(`${name}:${server.port}/app:v1`));
  expect((await registry.resolve(lab as ImageReference)).digest).toBe(app.digest);
  expect((await failure(registry.resolve(lookalike as ImageReference))).code).toBe('TLS');
});
