import { createHash } from 'node:crypto';
import { image, index, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { readDocument } from '../testing/schema.ts';

const arm = image({ platform: 'linux/arm64' });
const multi = index([image(), arm]);

test('manifest prints the bytes whose hash is the digest', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('app', 'v1', multi);
  const app = registry.reference('app', 'v1');
  const { stdout, code } = await folder.run('manifest', app);
  expect(code).toBe(0);
  expect(`sha256:${createHash('sha256').update(stdout).digest('hex')}`).toBe(multi.digest);
  const one = await folder.run('manifest', app, '--platform=linux/arm64', '--format=json');
  expect(readDocument(one.stdout)).toMatchObject({ reference: app, digest: arm.digest });
});

test('config prints the configuration of one platform', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('app', 'v1', multi);
  const app = registry.reference('app', 'v1');
  const { stdout } = await folder.run('config', app, '--platform', 'linux/arm64');
  expect(JSON.parse(stdout)).toMatchObject({ architecture: 'arm64', os: 'linux' });
  const json = await folder.run('config', app, '--platform', 'linux/arm64', '--format', 'json');
  expect(readDocument(json.stdout)).toMatchObject({ config: { architecture: 'arm64' } });
});

test('platforms and tags are listed one a line', async () => {
  await using registry = await startRegistry({ pageSize: 2 });
  await using folder = await workFolder();
  for (const tag of ['1.10.0', '1.9.0', 'latest', '1.2.0']) registry.push('app', tag, multi);
  const app = registry.reference('app', 'latest');
  const platforms = await folder.run('platforms', app);
  expect(platforms).toEqual({ code: 0, stdout: 'linux/amd64\nlinux/arm64\n', stderr: '' });
  expect((await folder.run('tags', app)).stdout).toBe('1.2.0\n1.9.0\n1.10.0\nlatest\n');
  for (const verb of ['platforms', 'tags']) {
    readDocument((await folder.run(verb, app, '--format', 'json')).stdout);
  }
});

test('what is not there is said in words, and its causes with --verbose', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  for (const verb of ['manifest', 'config', 'platforms', 'tags']) {
    const said = await folder.run(verb, registry.reference('gone', 'v1'), '--verbose');
    expect(said, verb).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain(`pindrift: ${registry.host}: could not`);
  }
});
