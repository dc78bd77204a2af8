import { image, index, startRegistry, startTokenServer } from '@pindrift/testing';
import { header, redirect, status, tampered } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64', layers: ['a', 'b'] })]);
const signature = image({
  subject: app,
  artifactType: 'application/vnd.example.signature',
  layers: ['sig'],
});
const alice = { username: 'alice', password: 'secret' };

describe('a copy', () => {
  test.each(['api', 'tag'] as const)(
    'has the same digest and the same referrers (%s), and a second one sends no blob',
    async (referrers) => {
      await using from = await startRegistry();
      await using to = await startRegistry({ referrers });
      const digest = from.push('dev/app', 'v1', app);
      from.push('dev/app', undefined, signature);
      await using registry = client();
      const target = named(to, 'prod/app', 'v1.0.0');
      const copied = await registry.copy(named(from, 'dev/app', 'v1'), target);
      expect(copied).toMatchObject({ digest, manifests: 4, blobs: { mounted: 0 } });
      await using reader = client();
      expect((await reader.resolve(target)).digest).toBe(digest);
      expect(await reader.platforms(target)).toEqual(['linux/amd64', 'linux/arm64']);
      expect(await reader.referrers(target)).toMatchObject([
        { digest: signature.digest, artifactType: 'application/vnd.example.signature' },
      ]);
      const again = await registry.copy(named(from, 'dev/app', 'v1'), target);
      expect(again.blobs).toEqual({ sent: 0, mounted: 0, present: copied.blobs.sent });
      expect(await reader.referrers(target)).toHaveLength(1);
    },
  );

  test('inside one registry mounts its blobs, with one token for both repositories', async () => {
    await using tokens = await startTokenServer({ users: { alice: 'secret' } });
    await using server = await startRegistry({ auth: { kind: 'bearer', tokens } });
    server.push('dev/app', 'v1', app);
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const copied = await registry.copy(
      named(server, 'dev/app', 'v1'),
      named(server, 'prod/app', 'v1'),
    );
    expect(copied.blobs.sent).toBe(0);
    expect(copied.blobs.mounted).toBeGreaterThan(3);
    expect(server.requests.some(({ method, route }) => method === 'GET' && route === 'blob')).toBe(
      false,
    );
    expect(tokens.counters.requests).toBeLessThanOrEqual(4);
  });

  test('shows the target the tag last, and nothing when its source is not what it says', async () => {
    await using from = await startRegistry();
    await using to = await startRegistry();
    from.push('app', 'v1', app);
    from.fault({ match: { route: 'blob', method: 'GET' }, does: tampered() });
    await using registry = client();
    await failure(registry.copy(named(from, 'app', 'v1'), named(to, 'app', 'v1')));
    expect((await failure(registry.resolve(named(to, 'app', 'v1')))).code).toBe('NOT_FOUND');
  });

  test('that may not be written says so', async () => {
    await using from = await startRegistry();
    await using to = await startRegistry();
    from.push('app', 'v1', app);
    to.fault({ match: { method: 'POST' }, does: status(403, 'read only') });
    await using registry = client();
    const error = await failure(registry.copy(named(from, 'app', 'v1'), named(to, 'app', 'v1')));
    expect(error).toMatchObject({ code: 'DENIED', step: 'write' });
    expect(error.message).toContain('read only');
  });

  test('takes no credentials to where an upload is sent (CVE-2026-50151)', async () => {
    await using from = await startRegistry();
    await using thief = await startRegistry();
    await using to = await startRegistry({ auth: { kind: 'basic', users: { alice: 'secret' } } });
    from.push('app', 'v1', app);
    to.fault({
      match: ({ method, headers }) => method === 'POST' && headers.authorization !== undefined,
      does: header('Location', `${thief.url}/v2/app/blobs/uploads/1`),
    });
    await using registry = client({ hosts: { [to.host]: { credentials: alice } } });
    await failure(registry.copy(named(from, 'app', 'v1'), named(to, 'app', 'v1')));
    expect(thief.requests.every(({ authorized }) => !authorized)).toBe(true);
  });

  test('is not redirected while it writes', async () => {
    await using from = await startRegistry();
    await using other = await startRegistry();
    await using to = await startRegistry();
    from.push('app', 'v1', app);
    to.fault({ match: { method: 'PUT' }, does: redirect(({ path }) => `${other.url}${path}`) });
    await using registry = client();
    await failure(registry.copy(named(from, 'app', 'v1'), named(to, 'app', 'v1')));
    expect(other.counters.requests).toBe(0);
  });
});
