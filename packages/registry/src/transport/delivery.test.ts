import { image, startRegistry } from '@pindrift/testing';
import {
  header,
  reset,
  silence,
  slow,
  status,
  tooManyRequests,
  truncated,
} from '@pindrift/testing/faults';
import { afterAll, describe, expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';
import { printQuirks } from '../testing/quirk-matrix.ts';
import { turningClock } from '../testing/turning-clock.ts';

afterAll(printQuirks(import.meta.url));

const app = image();

describe('a request is repeated', () => {
  test.each([
    [undefined, 125],
    [3, 3000],
    ['1.5', 1500],
    ['880.092µs', 0.880092],
    ['1m2s', undefined],
    [new Date('2026-11-21T12:00:20Z'), 20_000],
  ] as const)('after 429 with Retry-After %s', async (retryAfter, wait) => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: tooManyRequests(retryAfter), times: 1 });
    const clock = turningClock();
    await using registry = client({ clock });
    const asked = registry.resolve(named(server, 'app', 'v1'));
    if (wait === undefined) {
      const error = await failure(asked);
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAt: clock.now() + 62_000 });
      expect(server.counters.requests).toBe(1);
      return;
    }
    expect((await asked).digest).toBe(digest);
    expect(clock.waits[0]).toBeCloseTo(wait, 6);
    expect(server.counters.requests).toBe(2);
  });

  test.each([408, 425, 429, 499, 500, 502, 503, 504, 520, 522, 524])(
    'after status %d, at most four times',
    async (code) => {
      await using server = await startRegistry();
      server.fault({ does: status(code) });
      await using registry = client();
      const error = await failure(registry.resolve(named(server, 'app', 'v1')));
      expect(error.code).toBe(
        code === 429 ? 'RATE_LIMITED' : code >= 500 ? 'UNAVAILABLE' : 'PROTOCOL',
      );
      expect(server.counters.requests).toBe(5);
    },
  );

  test.each([
    ['a reset', reset()],
    ['a body cut short', truncated(10)],
  ] as const)('after %s', async (_, does) => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does, times: 2 });
    await using registry = client();
    expect((await registry.manifest(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect(server.counters.requests).toBe(3);
  });
});

describe('a request is not repeated', () => {
  test.each([400, 403, 404, 410, 451])('after status %d', async (code) => {
    await using server = await startRegistry();
    server.fault({ does: status(code) });
    await using registry = client();
    await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(server.counters.requests).toBe(1);
  });

  test('after the pull limit of Docker Hub, which lasts for hours', async () => {
    await using server = await startRegistry();
    server.fault({
      does: tooManyRequests(
        undefined,
        'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
      ),
    });
    await using registry = client();
    const error = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', registryCode: 'TOOMANYREQUESTS' });
    expect(error.hint).toContain('log in');
    expect(server.counters.requests).toBe(1);
  });
});

describe('a host that has enough', () => {
  test('is asked by nobody else, and other hosts are', async () => {
    await using limited = await startRegistry();
    await using other = await startRegistry();
    limited.fault({ does: tooManyRequests(3600) });
    for (let n = 0; n < 100; n += 1) other.push('app', `v${n}`, app);
    await using registry = client({ concurrency: 4 });
    const errors = Array.from({ length: 100 }, (_, n) =>
      failure(registry.resolve(named(limited, 'app', `v${n}`))),
    );
    const found = Array.from({ length: 100 }, (_, n) =>
      registry.resolve(named(other, 'app', `v${n}`)),
    );
    expect(new Set((await Promise.all(errors)).map(({ code }) => code))).toEqual(
      new Set(['RATE_LIMITED']),
    );
    expect((await Promise.all(found)).length).toBe(100);
    expect(limited.counters.requests).toBeLessThanOrEqual(4);
  });

  test('is asked less at a time', async () => {
    await using server = await startRegistry({ latency: 2 });
    for (let n = 0; n < 60; n += 1) server.push('app', `v${n}`, app);
    server.fault({ does: tooManyRequests(1), after: 8, times: 1 });
    await using registry = client({
      concurrency: 8,
      hosts: { [server.host]: { plainHttp: true } },
    });
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => registry.resolve(named(server, 'app', `v${n}`))),
    );
    expect(server.counters.requests).toBe(61);
  });
});

describe('a host that says how much is left', () => {
  test('is not read from when it is nothing, and may still be asked by HEAD (Docker Hub)', async () => {
    await using server = await startRegistry();
    for (const tag of ['v1', 'v2', 'v3']) server.push('app', tag, app);
    const fault = server.fault({ does: header('RateLimit-Remaining', '0;w=21600') });
    await using registry = client();
    await registry.resolve(named(server, 'app', 'v1'));
    const error = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(error.code).toBe('RATE_LIMITED');
    await registry.resolve(named(server, 'app', 'v2'));
    fault.lift();
    server.fault({ does: header('RateLimit-Remaining', '7;w=21600') });
    await registry.resolve(named(server, 'app', 'v3'));
    expect((await registry.manifest(named(server, 'app', 'v3'))).digest).toBe(app.digest);
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'HEAD', 'GET']);
  });

  test.each([
    ['RateLimit', 'limit=100, remaining=0, reset=30'],
    ['RateLimit', '"default";r=0;t=30'],
  ])('is waited for when it is nothing until then: %s: %s', async (name, value) => {
    await using server = await startRegistry();
    for (const tag of ['v1', 'v2']) server.push('app', tag, app);
    server.fault({ does: header(name, value), times: 1 });
    const clock = turningClock();
    await using registry = client({ clock });
    await registry.resolve(named(server, 'app', 'v1'));
    await registry.resolve(named(server, 'app', 'v2'));
    expect(clock.waits).toEqual([30_000]);
  });
});

describe('a host that does not answer', () => {
  test('costs its own timeout, once, however much is asked of it', async () => {
    await using dead = await startRegistry();
    await using other = await startRegistry();
    dead.fault({ does: silence() });
    const digest = other.push('app', 'v1', app);
    await using registry = client({
      concurrency: 4,
      hosts: { [dead.host]: { timeout: 50, plainHttp: true } },
    });
    const errors = Array.from({ length: 200 }, (_, n) =>
      failure(registry.resolve(named(dead, 'app', `v${n}`))),
    );
    expect((await registry.resolve(named(other, 'app', 'v1'))).digest).toBe(digest);
    for (const error of await Promise.all(errors)) expect(error.code).toBe('TIMEOUT');
    expect(dead.counters.requests).toBe(1);
  });

  test('is given up at once when there is no connection at all', async () => {
    const gone = await startRegistry();
    await gone.close();
    await using registry = client({ concurrency: 2, hosts: { [gone.host]: { plainHttp: true } } });
    const errors = await Promise.all(
      Array.from({ length: 200 }, (_, n) => failure(registry.resolve(named(gone, 'app', `v${n}`)))),
    );
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['UNAVAILABLE']));
  });

  test('or only begins to is timed too', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    server.fault({ does: silence('head') });
    await using registry = client({ timeout: 50 });
    const error = await failure(registry.manifest(named(server, 'app', 'v1')));
    expect(error.code).toBe('TIMEOUT');
  });

  test('in time for a while is not forgotten: it was alive', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ does: slow(100, 1) });
    await using registry = client();
    expect((await registry.manifest(named(server, 'app', 'v1'))).digest).toBe(digest);
  });
});

test('30 hosts are asked side by side, and a slow one holds none of the others up', async () => {
  const servers = await Promise.all(Array.from({ length: 30 }, () => startRegistry()));
  await using registry = client({ concurrency: 2 });
  servers[0]?.fault({ does: silence(), times: 1 });
  const slow = servers.slice(0, 1).map((server) => registry.resolve(named(server, 'app', 'v1')));
  const others = servers.slice(1).flatMap((server) => {
    server.push('app', 'v1', app);
    return Array.from({ length: 10 }, () => registry.resolve(named(server, 'app', 'v1')));
  });
  expect(await Promise.all(others)).toHaveLength(290);
  expect(servers.slice(1).map(({ counters }) => counters.requests)).toEqual(Array(29).fill(1));
  await Promise.all(servers.map((server) => server.close()));
  for (const answer of slow) await failure(answer);
});

test('of many requests no more than a tenth are repeats', async () => {
  await using server = await startRegistry();
  server.fault({ does: status(500) });
  await using registry = client();
  await Promise.all(
    Array.from({ length: 400 }, (_, n) =>
      failure(registry.manifest(named(server, 'app', `v${n}`))),
    ),
  );
  expect(server.counters.requests).toBeLessThan(600);
});

test('what the registry says is shown without signed URLs and control characters', async () => {
  await using server = await startRegistry();
  server.fault({
    does: status(403, 'see https://bucket.example/x?X-Amz-Signature=topsecret\u0007\u202e now'),
  });
  server.fault({ does: header('X-Request-Id', 'req-1') });
  await using registry = client();
  const error = await failure(registry.manifest(named(server, 'app', 'v1')));
  expect(error.message).toContain('see https://bucket.example/x?… now');
  expect(error.message).not.toContain('topsecret');
});
