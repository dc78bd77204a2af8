import { join } from 'node:path';
import { temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { loadConfig, readConfig } from './load-config.ts';
import { registryHosts } from './registry-hosts.ts';

test('the nearest configuration upward holds, and the search ends at the root of the repository', async () => {
  await using folder = await temporaryFolder();
  await folder.write('pindrift.yaml', 'lock: outside.yaml\n');
  await folder.write('repo/.git/HEAD', '');
  await folder.write('repo/app/deep/x', '');
  const deep = join(folder.path, 'repo/app/deep');
  expect(await loadConfig(deep)).toMatchObject({ file: undefined, folder: deep });

  await folder.write('repo/pindrift.yaml', 'lock: deploy/lock.yaml\nsettings: {onMissing: keep}\n');
  const config = await loadConfig(deep);
  expect(config.file).toBe(join(folder.path, 'repo/pindrift.yaml'));
  expect(config.lock).toBe(join(folder.path, 'repo/deploy/lock.yaml'));
  expect(config.settings).toEqual({ onMissing: 'keep' });
});

test('a file of comments is a configuration in which all is default', async () => {
  const config = await readConfig('# $schema: x\n---\n# lock: y\n', '/a/pindrift.yaml');
  expect(config).toMatchObject({ lock: '/a/images.lock.yaml', ignore: [], registries: {} });
});

test('a named file must be there', async () => {
  const loading = loadConfig('.', { file: '/nowhere/pindrift.yaml' });
  await expect(loading).rejects.toMatchObject({ code: 'cannot-read' });
});

describe('what is not as it should be', () => {
  const read = (text: string): Promise<string> =>
    readConfig(text, '/a/pindrift.yaml').then(
      () => 'no error',
      (error: Error) => error.message,
    );

  test('is shown with its line, and the nearest key', async () => {
    expect(await read('# top\nignores:\n- pattern: x\n')).toBe(
      '/a/pindrift.yaml:2:1: ignores: unknown key; did you mean ignore?\n  2 | ignores…\n      ^',
    );
    expect(await read('settings:\n  mode: offline\n')).toBe(
      '/a/pindrift.yaml:2:9: settings.mode: must be locked or resolve, not a string\n  2 |   mode: offline\n              ^',
    );
  });

  test.each([
    'registries: {ghcr.io: {password: hunter2}}',
    'registries: {ghcr.io: {credentials: {username: me, password: hunter2}}}',
    'registries: {ghcr.io: {credentials: "me:hunter2"}}',
    'registries: {ghcr.io: {credentials: {tokenEnv: "ghp-hunter2"}}}',
    'registries: {ghcr.io: {mirrors: [{url: "https://me:hunter2@mirror.example"}]}}',
    'registries:\n  ghcr.io:\n    credentials:\n      token: hunter2\n',
  ])('shows no secret: %s', async (text) => {
    const said = await read(text);
    expect(said).toMatch(/^\/a\/pindrift\.yaml:\d+:\d+: registries/);
    expect(said).not.toContain('hunter2');
  });
});

test('registries get absolute paths, and credentials from the environment', async () => {
  const config = await readConfig(
    `registries:
      localhost:5000: {insecure: true, ca: certs/ca.pem}
      ghcr.io: {credentials: {usernameEnv: USER_NAME, passwordEnv: PASS}, timeout: 500}
      quay.io: {credentials: {tokenEnv: TOKEN}}
      docker.io: {credentials: anonymous, mirrors: [{url: 'https://mirror.example', resolve: true}]}
      gcr.io: {credentials: {helper: gcloud}}
`,
    '/repo/pindrift.yaml',
  );
  const environment = { USER_NAME: 'me', PASS: 'secret', TOKEN: 'token' };
  expect(registryHosts(config, environment)).toEqual({
    'localhost:5000': { insecure: true, ca: '/repo/certs/ca.pem' },
    'ghcr.io': { timeout: 500, credentials: { username: 'me', password: 'secret' } },
    'quay.io': { credentials: { token: 'token' } },
    'docker.io': {
      credentials: 'anonymous',
      mirrors: [{ url: 'https://mirror.example', resolve: true }],
    },
    'gcr.io': { credentials: { helper: 'gcloud' } },
  });
  expect(() => registryHosts(config, { ...environment, PASS: '' })).toThrow(
    '/repo/pindrift.yaml: registries["ghcr.io"].credentials: the environment variable PASS is not set',
  );
});
