import { image } from '@pindrift/testing';
import { type Distribution, pushTo, startDistribution } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import type { Registry } from '../registry.ts';
import { client, failure, named } from '../testing/client.ts';

const first = image();
const second = image({ platform: 'linux/arm64' });

/** A registry with one tag, and an empty pull-through cache of it. */
async function cached(program: 'registry' | 'docker-registry'): Promise<{
  readonly source: Distribution;
  readonly cache: Distribution;
  readonly stack: AsyncDisposableStack;
}> {
  const stack = new AsyncDisposableStack();
  const source = stack.use(await startDistribution(program));
  await pushTo(source.url, 'team/app', 'v1', first);
  const cache = stack.use(await startDistribution(program, { cacheOf: source.url }));
  return { source, cache, stack };
}

function at({ host }: Distribution, reference: string): ReturnType<typeof named> {
  const separator = reference.includes(':') ? '@' : ':';
  return named({ reference: () => `${host}/team/app${separator}${reference}` }, '', reference);
}

function through(
  source: Distribution,
  cache: Distribution,
  resolve: boolean,
): Registry & AsyncDisposable {
  return client({ hosts: { [source.host]: { mirrors: [{ url: cache.url, resolve }] } } });
}

describe.each(['registry', 'docker-registry'] as const)('a pull-through cache of %s', (program) => {
  test('follows a tag that moves', async () => {
    const { source, cache, stack } = await cached(program);
    await using _ = stack;
    await using before = client();
    expect((await before.resolve(at(cache, 'v1'))).digest).toBe(first.digest);
    await pushTo(source.url, 'team/app', 'v1', second);
    await using after = client();
    expect((await after.resolve(at(cache, 'v1'))).digest).toBe(second.digest);
    expect((await failure(after.resolve(at(cache, 'none')))).code).toBe('NOT_FOUND');
  });

  test('as a mirror that may resolve answers for the registry even when that is gone', async () => {
    const { source, cache, stack } = await cached(program);
    await using _ = stack;
    await using warm = through(source, cache, true);
    expect((await warm.manifest(at(source, 'v1'))).digest).toBe(first.digest);
    await source[Symbol.asyncDispose]();
    await using registry = through(source, cache, true);
    expect((await registry.resolve(at(source, 'v1'))).digest).toBe(first.digest);
  });

  test('as a mirror that may not resolve is asked for digests only', async () => {
    const { source, cache, stack } = await cached(program);
    await using _ = stack;
    await using warm = through(source, cache, false);
    const { digest } = await warm.resolve(at(source, 'v1'));
    expect((await warm.manifest(at(source, digest))).digest).toBe(first.digest);
    await source[Symbol.asyncDispose]();
    await using registry = through(source, cache, false);
    const { bytes } = await registry.manifest(at(source, digest));
    expect(Buffer.from(bytes).equals(first.bytes)).toBe(true);
    const error = await failure(registry.resolve(at(source, 'v1')));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', host: source.host });
  });

  test('that is gone is passed over for the registry', async () => {
    const { source, cache, stack } = await cached(program);
    await using _ = stack;
    await cache[Symbol.asyncDispose]();
    await using registry = through(source, cache, true);
    expect((await registry.resolve(at(source, 'v1'))).digest).toBe(first.digest);
    expect((await registry.manifest(at(source, first.digest))).digest).toBe(first.digest);
  });
});
