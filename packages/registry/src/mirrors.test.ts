import { parseReference } from '@pindrift/reference';
import { image, startRegistry } from '@pindrift/testing';
import { status, tampered } from '@pindrift/testing/faults';
import { afterAll, expect, test } from 'vitest';
import { client, failure, named } from './testing/client.ts';
import { printQuirks } from './testing/quirk-matrix.ts';

afterAll(printQuirks(import.meta.url));

const app = image();

test('a mirror is never asked what a tag means, unless it is trusted with that', async () => {
  await using mirror = await startRegistry();
  await using server = await startRegistry();
  const digest = server.push('team/app', 'v1', app);
  mirror.push('team/app', 'v1', image({ platform: 'linux/arm64' }));
  mirror.push('team/app', undefined, app);
  const hosts = { [server.host]: { mirrors: [{ url: mirror.url }] } };
  await using registry = client({ hosts });
  expect((await registry.resolve(named(server, 'team/app', 'v1'))).digest).toBe(digest);
  expect(mirror.counters.requests).toBe(0);
  await registry.manifest(named(server, 'team/app', digest));
  expect(mirror.requests.map(({ path }) => path)).toEqual([
    `/v2/team/app/manifests/${digest}?ns=${encodeURIComponent(server.host)}`,
  ]);
});

test('a mirror with a prefix that may resolve is asked first, then the registry', async () => {
  await using mirror = await startRegistry();
  await using server = await startRegistry();
  const digest = mirror.push('hub/team/app', 'v1', app);
  server.push('team/app', 'v2', app);
  const hosts = { [server.host]: { mirrors: [{ url: `${mirror.url}/hub`, resolve: true }] } };
  await using registry = client({ hosts });
  expect((await registry.resolve(named(server, 'team/app', 'v1'))).digest).toBe(digest);
  expect(server.counters.requests).toBe(0);
  expect((await registry.resolve(named(server, 'team/app', 'v2'))).digest).toBe(digest);
  expect(server.counters.requests).toBe(1);
});

test('a mirror that fails is passed over, and gets its own credentials only', async () => {
  await using mirror = await startRegistry({ auth: { kind: 'basic', users: { bob: 'b' } } });
  const alice = { username: 'alice', password: 'a' };
  await using server = await startRegistry({ auth: { kind: 'basic', users: { alice: 'a' } } });
  const digest = server.push('app', 'v1', app);
  mirror.fault({ does: status(500) });
  const hosts = {
    [server.host]: { credentials: alice, mirrors: [{ url: mirror.url, resolve: true }] },
  };
  await using registry = client({ hosts });
  expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
  expect(mirror.requests.every(({ authorized }) => !authorized)).toBe(true);
});

test('what a mirror changed is refused', async () => {
  await using mirror = await startRegistry();
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  mirror.push('app', 'v1', app);
  mirror.fault({ does: tampered() });
  await using registry = client({ hosts: { [server.host]: { mirrors: [{ url: mirror.url }] } } });
  const error = await failure(registry.manifest(named(server, 'app', digest)));
  expect(error.code).toBe('DIGEST_MISMATCH');
});

test('a mirror that is no URL is an error of the configuration', async () => {
  for (const url of [
    'https://[',
    'https://user:secret@mirror.example',
    'https://m.example/../x?y',
  ]) {
    await using registry = client({ hosts: { 'ghcr.io': { mirrors: [{ url }] } } });
    const error = await failure(registry.resolve(parseReference('ghcr.io/team/app:v1')));
    expect(error.code).toBe('CONFIGURATION');
    expect(error.message).not.toContain('secret');
  }
});
