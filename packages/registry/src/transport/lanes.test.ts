import { parseReference } from '@pindrift/reference';
import { image, startRegistry } from '@pindrift/testing';
import { tooManyRequests } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';
import { createWorld } from '../testing/world.ts';

const app = image();
const many = Array.from({ length: 24 }, (_, n) => image({ layers: [`layer ${n}`] }));

describe('the referrers of a host', () => {
  test('are asked for by four at a time, while the rest goes on as usual', async () => {
    await using server = await startRegistry({ latency: 5 });
    for (const [n, one] of many.entries()) server.push('app', `v${n}`, one);
    await using registry = client();
    const references = many.map((_, n) => named(server, 'app', `v${n}`));
    await Promise.all(references.map((reference) => registry.resolve(reference)));
    expect(server.counters.peakRequests).toBeGreaterThan(4);
    let [running, peak] = [0, 0];
    server.fault({
      match: { route: 'referrers' },
      does: async (_, next) => {
        running += 1;
        peak = Math.max(peak, running);
        const reply = await next();
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return reply;
      },
    });
    await Promise.all(references.map((reference) => registry.referrers(reference)));
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThanOrEqual(4);
  });

  test('that are too many for it (ACR) pause nothing but themselves', async () => {
    await using server = await startRegistry();
    for (const tag of ['v1', 'v2', 'v3']) server.push('app', tag, app);
    server.fault({ match: { route: 'referrers' }, does: tooManyRequests(3600) });
    await using registry = client();
    const error = await failure(registry.referrers(named(server, 'app', 'v1')));
    expect(error.code).toBe('RATE_LIMITED');
    await failure(registry.referrers(named(server, 'app', 'v3')));
    expect((await registry.resolve(named(server, 'app', 'v2'))).digest).toBe(app.digest);
    expect(server.requests.filter(({ route }) => route === 'referrers')).toHaveLength(1);
  });
});

describe('Docker Hub', () => {
  test('is read by two at a time, and asked by HEAD by eight', async () => {
    await using world = await createWorld();
    const hub = await world.registry('registry-1.docker.io');
    const peaks = { HEAD: 0, GET: 0 };
    const running = { HEAD: 0, GET: 0 };
    for (const [n, one] of many.entries()) hub.push('library/app', `v${n}`, one);
    hub.fault({
      match: { route: 'manifest' },
      does: async ({ method }, next) => {
        const kind = method === 'HEAD' ? 'HEAD' : 'GET';
        running[kind] += 1;
        peaks[kind] = Math.max(peaks[kind], running[kind]);
        for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
        running[kind] -= 1;
        return next();
      },
    });
    await using registry = world.client();
    const references = many.map((_, n) => parseReference(`app:v${n}`));
    await Promise.all(references.map((reference) => registry.resolve(reference)));
    await Promise.all(references.map((reference) => registry.manifest(reference)));
    expect(peaks.HEAD).toBeGreaterThan(2);
    expect(peaks.HEAD).toBeLessThanOrEqual(8);
    expect(peaks.GET).toBeLessThanOrEqual(2);
  });

  test('that has no more pulls is still asked by HEAD', async () => {
    await using world = await createWorld();
    const hub = await world.registry('registry-1.docker.io');
    for (const tag of ['v1', 'v2']) hub.push('library/app', tag, app);
    const text = 'You have reached your unauthenticated pull rate limit.';
    hub.fault({ match: { method: 'GET' }, does: tooManyRequests(undefined, text) });
    await using registry = world.client();
    const error = await failure(registry.manifest(parseReference('app:v1')));
    expect(error.code).toBe('RATE_LIMITED');
    expect((await registry.resolve(parseReference('app:v2'))).digest).toBe(app.digest);
    expect((await failure(registry.manifest(parseReference('app:v2')))).code).toBe('RATE_LIMITED');
    expect(hub.requests.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
  });
});
