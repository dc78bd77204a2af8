import { image, index, startRegistry } from '@pindrift/testing';
import { silence, tooManyRequests } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import type { Registry, Stoppable } from './registry.ts';
import { client, collect, named } from './testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
type Server = Awaited<ReturnType<typeof startRegistry>>;

const questions: Readonly<
  Record<string, (registry: Registry, server: Server, options: Stoppable) => Promise<unknown>>
> = {
  resolve: (registry, server, options) => registry.resolve(named(server, 'app', 'v1'), options),
  manifest: (registry, server, options) => registry.manifest(named(server, 'app', 'v1'), options),
  config: (registry, server, options) => registry.config(named(server, 'app', 'v1'), options),
  platforms: (registry, server, options) => registry.platforms(named(server, 'app', 'v1'), options),
  tags: (registry, server, options) => registry.tags(named(server, 'app', 'v1'), options),
  referrers: (registry, server, options) => registry.referrers(named(server, 'app', 'v1'), options),
  blob: (registry, server, options) =>
    collect(registry.blob(named(server, 'app', [...image().blobs.keys()][0] ?? ''), options)),
  copy: (registry, server, options) =>
    registry.copy(named(server, 'app', 'v1'), named(server, 'other', 'v1'), options),
};

describe.each(Object.entries(questions))('%s', (_, ask) => {
  test('is stopped by its signal while a host is silent', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    await using registry = client({ hosts: { [server.host]: { plainHttp: true } } });
    const controller = new AbortController();
    server.fault({
      does: (exchange, next) => {
        controller.abort(new Error('enough'));
        return silence()(exchange, next);
      },
    });
    await expect(ask(registry, server, { signal: controller.signal })).rejects.toThrow('enough');
    server.forget();
    await expect(ask(registry, server, { signal: controller.signal })).rejects.toThrow('enough');
    expect(server.counters.requests).toBe(0);
  });

  test('is answered as ever under a signal that stays still', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    await using registry = client();
    await ask(registry, server, { signal: new AbortController().signal });
  });
});

test('who stops does not stop others that ask the same', async () => {
  await using server = await startRegistry({ latency: 5 });
  server.push('app', 'v1', app);
  await using registry = client();
  const controller = new AbortController();
  const reference = named(server, 'app', 'v1');
  const stopped = registry.resolve(reference, { signal: controller.signal });
  const other = registry.resolve(reference);
  controller.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
  expect((await other).digest).toBe(app.digest);
  expect(server.counters.requests).toBe(1);
});

test.each([
  ['its first blob', { method: 'POST' }],
  ['its last manifest', { method: 'PUT', reference: app.digest }],
])('a copy that is stopped at %s sends nothing more, and no tag', async (_, match) => {
  await using server = await startRegistry();
  await using to = await startRegistry();
  server.push('app', 'v1', app);
  const controller = new AbortController();
  to.fault({
    match,
    does: (_exchange, next) => {
      controller.abort(new Error('enough'));
      return next();
    },
  });
  await using registry = client();
  const copied = registry.copy(named(server, 'app', 'v1'), named(to, 'app', 'v1'), {
    signal: controller.signal,
  });
  await expect(copied).rejects.toThrow('enough');
  // What would still be sent is sent by the time that other questions after it have answers.
  for (let n = 0; n < 4; n += 1) await registry.tags(named(to, 'app', 'v1'));
  await registry.close();
  expect(to.requests.some(({ path }) => path.endsWith('/manifests/v1'))).toBe(false);
});

test('closing ends what waits for a host that wants to be left alone, and asks nothing more', async () => {
  await using server = await startRegistry();
  await using registry = client({ clock: systemClock });
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  server.fault({
    does: (exchange, next) => {
      setImmediate(tell);
      return tooManyRequests(30)(exchange, next);
    },
  });
  const asked = [1, 2, 3].map((n) => registry.resolve(named(server, 'app', `v${n}`)));
  const ended = Promise.allSettled(asked);
  await told;
  await registry.close();
  for (const outcome of await ended) expect(outcome.status).toBe('rejected');
  expect(server.counters.requests).toBeLessThanOrEqual(3);
  server.forget();
  await expect(registry.resolve(named(server, 'other', 'v1'))).rejects.toThrow('was closed');
  expect(server.counters.requests).toBe(0);
});
