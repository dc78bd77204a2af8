import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { image, index, startRegistry, temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';
import { turningClock } from '../testing/turning-clock.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);

test('what a digest names is asked for once, by all clients that share the folder', async () => {
  await using folder = await temporaryFolder();
  await using server = await startRegistry();
  server.push('app', 'v1', app);
  for (let run = 0; run < 3; run += 1) {
    await using registry = client({ cache: folder.path });
    await registry.config(named(server, 'app', app.digest), { platform: 'linux/arm64' });
  }
  expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  await using offline = client({ cache: folder.path, offline: true });
  expect((await offline.manifest(named(server, 'app', app.digest))).digest).toBe(app.digest);
  expect(server.counters.requests).toBe(3);
});

test('what a tag means, and whether a digest is still there, is asked every time', async () => {
  await using folder = await temporaryFolder();
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  await using first = client({ cache: folder.path });
  await first.manifest(named(server, 'app', 'v1'));
  await first.manifest(named(server, 'app', digest));
  server.remove('app', digest);
  await using second = client({ cache: folder.path });
  expect((await failure(second.resolve(named(server, 'app', digest)))).code).toBe('NOT_FOUND');
  expect((await failure(second.resolve(named(server, 'app', 'v1')))).code).toBe('NOT_FOUND');
});

test('what a tag means is kept as long as one says, and not at all when one says nothing', async () => {
  await using folder = await temporaryFolder();
  await using server = await startRegistry();
  const clock = turningClock();
  const first = server.push('app', 'v1', app);
  const options = { cache: folder.path, tagTtl: 60_000, clock };
  const ask = async (more: object): Promise<string> => {
    await using registry = client({ ...options, ...more });
    return (await registry.resolve(named(server, 'app', 'v1'))).digest;
  };
  expect(await ask({})).toBe(first);
  const second = server.move('app', 'v1', image());
  clock.turn(59_000);
  expect(await ask({})).toBe(first);
  expect(await ask({ tagTtl: 0 })).toBe(second);
  clock.turn(1_000);
  expect(await ask({})).toBe(second);
  expect(server.counters.requests).toBe(3);
});

test('what was changed in the folder is asked for again, and mended', async () => {
  await using folder = await temporaryFolder();
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  const path = join('blobs', ...digest.split(':'));
  for (const content of ['', 'changed', app.bytes.subarray(1)]) {
    await folder.write(path, content);
    await using registry = client({ cache: folder.path });
    expect((await registry.manifest(named(server, 'app', digest))).digest).toBe(digest);
    expect(await folder.read(path)).toBe(app.bytes.toString());
  }
});

test('the folder is its user’s alone, and no draft stays in it', async () => {
  await using folder = await temporaryFolder();
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  await using registry = client({ cache: folder.path });
  await registry.manifest(named(server, 'app', digest));
  const blobs = join(folder.path, 'blobs');
  expect((await stat(blobs)).mode & 0o077).toBe(0);
  expect(await readdir(join(blobs, 'sha256'))).toEqual([digest.slice(7)]);
});

test('a folder that cannot be written to is no fault', async () => {
  await using server = await startRegistry();
  const digest = server.push('app', 'v1', app);
  await using folder = await temporaryFolder();
  await folder.write('file', '');
  await chmod(join(folder.path, 'file'), 0o400);
  await using registry = client({ cache: join(folder.path, 'file') });
  expect((await registry.manifest(named(server, 'app', digest))).digest).toBe(digest);
});
