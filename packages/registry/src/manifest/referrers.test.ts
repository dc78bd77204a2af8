import { image, index, startRegistry } from '@pindrift/testing';
import { endless, html, link, redirect, status, tooManyRequests } from '@pindrift/testing/faults';
import { afterAll, describe, expect, test } from 'vitest';
import { client, collect, failure, named } from '../testing/client.ts';
import { printQuirks } from '../testing/quirk-matrix.ts';

afterAll(printQuirks(import.meta.url));

const app = index([image(), image({ platform: 'linux/arm64' })]);
const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });
const sbom = image({
  subject: app,
  artifactType: 'application/vnd.example.sbom',
  layers: ['sbom'],
});

describe('referrers', () => {
  test.each(['api', 'tag'] as const)('come from the %s, filtered here too', async (referrers) => {
    await using server = await startRegistry({ referrers });
    server.push('app', 'v1', app);
    server.push('app', undefined, signature);
    server.push('app', undefined, sbom);
    await using registry = client();
    const reference = named(server, 'app', 'v1');
    const all = await registry.referrers(reference);
    expect(all.map(({ digest }) => digest).toSorted()).toEqual(
      [signature.digest, sbom.digest].toSorted(),
    );
    const some = await registry.referrers(reference, {
      artifactType: 'application/vnd.example.sbom',
    });
    expect(some).toMatchObject([{ digest: sbom.digest, size: sbom.bytes.length }]);
  });

  test('come in pages', async () => {
    await using server = await startRegistry({ pageSize: 2 });
    const digest = server.push('app', 'v1', app);
    for (let n = 0; n < 5; n += 1)
      server.push('app', undefined, image({ subject: app, layers: [`${n}`] }));
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', digest))).toHaveLength(5);
  });

  test('of a sha512 digest stand under a tag that is cut', async () => {
    const long = index([image()], { algorithm: 'sha512' });
    await using server = await startRegistry({ referrers: 'tag' });
    const digest = server.push('app', 'v1', long);
    server.push('app', undefined, image({ subject: long }));
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', digest))).toHaveLength(1);
    expect(server.requests.at(-1)?.path).toMatch(/manifests\/sha512-[0-9a-f]{64}$/);
  });

  test('are none when there is neither API nor tag', async () => {
    await using server = await startRegistry({ referrers: 'tag' });
    server.push('app', 'v1', app);
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', 'v1'))).toEqual([]);
  });

  test.each([
    ['a web page', html()],
    ['its web site (GHCR)', redirect('/team/app/package', 303)],
    ['400', status(400)],
    ['405', status(405)],
  ] as const)('of a registry that answers %s come from the tag', async (_, does) => {
    await using server = await startRegistry({ referrers: 'tag' });
    server.push('app', 'v1', app);
    server.push('app', undefined, signature);
    server.fault({ match: { route: 'referrers' }, does });
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', 'v1'))).toMatchObject([
      { digest: signature.digest },
    ]);
  });

  test.each([
    ['is busy', tooManyRequests(), 'RATE_LIMITED'],
    ['fails', status(500), 'UNAVAILABLE'],
    ['refuses', status(403), 'DENIED'],
    ['sends without end', endless(), 'TOO_LARGE'],
    ['has always another page', link('endless'), 'REFERRERS_UNAVAILABLE'],
  ] as const)('of a registry that %s are unknown, not none', async (_, does, code) => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', app);
    server.fault({ match: { route: 'referrers' }, does });
    await using registry = client();
    expect((await failure(registry.referrers(named(server, 'app', digest)))).code).toBe(code);
  });
});

describe('a blob', () => {
  test('is streamed and verified', async () => {
    await using server = await startRegistry();
    const big = image({ layers: [Buffer.alloc(300_000, 7)] });
    server.push('app', 'v1', big);
    const [digest, bytes] = [...big.blobs].at(-1) ?? ['', Buffer.alloc(0)];
    await using registry = client();
    const whole = await collect(registry.blob(named(server, 'app', digest)));
    expect(whole.equals(bytes)).toBe(true);
  });

  test('with other bytes than its digest says, or too many, is refused', async () => {
    await using server = await startRegistry();
    const big = image({ layers: [Buffer.alloc(300_000, 7)] });
    server.push('app', 'v1', big);
    const digest = [...big.blobs.keys()].at(-1) ?? '';
    await using registry = client();
    const blob = named(server, 'app', digest);
    const long = await failure(collect(registry.blob(blob, { maxBytes: 1000 })));
    expect(long.code).toBe('TOO_LARGE');
    server.fault({ does: () => ({ status: 200, headers: {}, body: Buffer.from('other') }) });
    expect((await failure(collect(registry.blob(blob)))).code).toBe('DIGEST_MISMATCH');
  });

  test('that is kept elsewhere is read there without credentials', async () => {
    const users = { alice: 'secret' };
    await using storage = await startRegistry();
    await using server = await startRegistry({ auth: { kind: 'basic', users } });
    storage.push('app', 'v1', app);
    const [digest = ''] = [...image().blobs.keys()];
    server.fault({
      match: ({ headers }) => headers.authorization !== undefined,
      does: redirect(({ path }) => `${storage.url}${path}?X-Amz-Signature=topsecret`),
    });
    const credentials = { username: 'alice', password: 'secret' };
    await using registry = client({ hosts: { [server.host]: { credentials } } });
    await collect(registry.blob(named(server, 'app', digest)));
    expect(storage.requests.map(({ authorized }) => authorized)).toEqual([false]);
    storage.fault({ does: status(403) });
    const error = await failure(collect(registry.blob(named(server, 'app', digest))));
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain('topsecret');
  });
});
