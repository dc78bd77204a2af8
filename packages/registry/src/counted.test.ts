import {
  createAuthority,
  image,
  index,
  startRegistry,
  startTokenServer,
  type TestRegistry,
} from '@pindrift/testing';
import { silence } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import type { Registry } from './registry.ts';
import { client, failure, named } from './testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const users = { alice: 'secret' };

/** Puts `tags` tags into `repositories` repositories; a thunk for each, which resolves it. */
function stock(
  server: TestRegistry,
  tags: number,
  repositories: number,
): (registry: Registry) => Promise<string>[] {
  const names = Array.from({ length: tags }, (_, n) => [`team/app${n % repositories}`, `v${n}`]);
  for (const [name = '', tag] of names) server.push(name, tag, app);
  return (registry) =>
    names.map(async ([name = '', tag = '']) => {
      const { digest } = await registry.resolve(named(server, name, tag));
      return digest;
    });
}

describe('1,000 unique tags on one host', () => {
  test.each([
    ['http', 16],
    ['https', 16],
    ['https', 3],
    ['http/2', 16],
  ] as const)('over %s are 1,000 HEADs on at most %d connections', async (scheme, concurrency) => {
    const authority = await createAuthority();
    const tls = { ...(await authority.server()), http2: scheme === 'http/2' };
    await using server = await startRegistry(scheme === 'http' ? {} : { tls });
    const resolveAll = stock(server, 1000, 50);
    const ca = authority.certificate;
    // Whether a host speaks TLS is found out by one connection more, unless it is known.
    const trust = scheme === 'http' ? { plainHttp: true } : { ca };
    await using registry = client({ hosts: { [server.host]: { ...trust, concurrency } } });
    expect(new Set(await Promise.all(resolveAll(registry)))).toEqual(new Set([app.digest]));
    expect(server.requests.every(({ method }) => method === 'HEAD')).toBe(true);
    expect(server.counters.requests).toBe(1000);
    expect(new Set(server.requests.map(({ protocol }) => protocol))).toEqual(
      new Set([scheme === 'http/2' ? '2.0' : '1.1']),
    );
    expect(server.counters.connections).toBeLessThanOrEqual(concurrency);
    expect(server.counters.peakRequests).toBeLessThanOrEqual(concurrency);
    // No body was read: what came back are 1,000 heads.
    expect(bytesSent(server)).toBeLessThan(1000 * 600);
  });

  test('behind a token service are one challenge, one token per repository and 1,000 HEADs', async () => {
    const authority = await createAuthority();
    const tls = await authority.server();
    await using tokens = await startTokenServer({ users, anonymous: false, tls });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens }, tls });
    const resolveAll = stock(server, 1000, 200);
    const credentials = { username: 'alice', password: 'secret' };
    const ca = authority.certificate;
    await using registry = client({ hosts: { [server.host]: { ca, credentials } } });
    await Promise.all(resolveAll(registry));
    expect(server.requests.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(server.counters.requests).toBe(1001);
    expect(server.counters.connections).toBeLessThanOrEqual(16);
    const scopes = tokens.requests.map(({ path }) => new URL(path, tokens.url).searchParams);
    expect(new Set(scopes.map((query) => query.get('scope'))).size).toBe(200);
    expect(tokens.counters.requests).toBe(200);
    expect(tokens.counters.connections).toBeLessThanOrEqual(16);
  });

  test('that are named ten times each are still asked once each', async () => {
    await using server = await startRegistry();
    const resolveAll = stock(server, 100, 10);
    await using registry = client();
    await Promise.all(Array.from({ length: 10 }, () => resolveAll(registry)).flat());
    await Promise.all(resolveAll(registry));
    expect(server.counters.requests).toBe(100);
  });
});

describe('a repository that the account may not read', () => {
  test('is denied, and costs one token, however many of its tags are asked for', async () => {
    await using tokens = await startTokenServer({
      users,
      grant: (_user, { name }) => (name === 'team/mine' ? ['pull'] : []),
    });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    for (let n = 0; n < 20; n += 1) server.push('team/secret', `v${n}`, app);
    const credentials = { username: 'alice', password: 'secret' };
    await using registry = client({ hosts: { [server.host]: { credentials } } });
    const refusals = Array.from({ length: 20 }, (_, n) =>
      failure(registry.resolve(named(server, 'team/secret', `v${n}`))),
    );
    const [error] = await Promise.all(refusals);
    // The login is good, so nothing is said against it.
    expect(error).toMatchObject({ code: 'DENIED', status: 401 });
    expect(error?.message).not.toContain('docker login');
    expect(tokens.counters.requests).toBe(1);
    await using nobody = client();
    const anonymous = await failure(nobody.resolve(named(server, 'team/secret', 'v1')));
    expect(anonymous.code).toBe('AUTH_REQUIRED');
  });
});

describe('thirty hosts side by side', () => {
  test('are each asked their own tags, while one is dead and one is slow', async () => {
    const servers = await Promise.all(Array.from({ length: 30 }, () => startRegistry()));
    await using _ = closing(servers);
    const [dead, slow, ...good] = servers;
    if (dead === undefined || slow === undefined) throw new Error('there are thirty');
    const open = gate();
    dead.fault({ does: silence() });
    slow.fault({ does: async (_exchange, next) => open.passed.then(next) });
    await using registry = client({
      concurrency: 4,
      hosts: { [dead.host]: { timeout: 200, plainHttp: true } },
    });

    const lost = stock(dead, 20, 5)(registry).map(failure);
    const late = stock(slow, 20, 5)(registry);
    const found = good.flatMap((server) => stock(server, 20, 5)(registry));
    // The slow host answers nobody until all the others are done, and they get done.
    expect((await Promise.all(found)).length).toBe(28 * 20);
    expect(good.map(({ counters }) => counters.requests)).toEqual(good.map(() => 20));
    expect(slow.requests.every(({ status }) => status === 0)).toBe(true);
    open.pass();
    expect(new Set(await Promise.all(late))).toEqual(new Set([app.digest]));

    const errors = await Promise.all(lost);
    expect(new Set(errors.map(({ code, host }) => `${code} ${host}`))).toEqual(
      new Set([`TIMEOUT ${dead.host}`]),
    );
    // One timeout: those that were under way together are its whole price.
    expect(dead.counters.requests).toBeLessThanOrEqual(4);
    for (const { counters } of [slow, ...good]) {
      expect(counters.peakRequests).toBeLessThanOrEqual(4);
    }
  });

  test('share nothing: a limit, a refusal and a broken answer of one are its own', async () => {
    const servers = await Promise.all(Array.from({ length: 6 }, () => startRegistry()));
    await using _ = closing(servers);
    const statuses = [429, 403, 500, 200, 200, 200];
    for (const [n, server] of servers.entries()) {
      const code = statuses[n] ?? 200;
      if (code === 200) continue;
      server.fault({ does: () => ({ status: code, headers: {}, body: Buffer.from('no') }) });
    }
    await using registry = client({ concurrency: 4 });
    const outcomes = servers.map((server) => Promise.allSettled(stock(server, 20, 5)(registry)));
    const fine = (await Promise.all(outcomes)).map((all) =>
      all.every(({ status }) => status === 'fulfilled'),
    );
    expect(fine).toEqual([false, false, false, true, true, true]);
    expect(servers.slice(3).map(({ counters }) => counters.requests)).toEqual([20, 20, 20]);
  });
});

function bytesSent(server: TestRegistry): number {
  return server.requests.reduce((sum, request) => sum + request.bytesSent, 0);
}

function closing(servers: readonly TestRegistry[]): AsyncDisposable {
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function gate(): { readonly passed: Promise<void>; pass(): void } {
  let pass: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { passed, pass: () => pass() };
}
