import { credentialHelper, temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { dockerKeychain } from './docker-keychain.ts';
import { pullSecretKeychain } from './pull-secret.ts';

function auth(user: string): { auth: string } {
  return { auth: Buffer.from(`${user}:secret of ${user}`).toString('base64') };
}

type Environment = Readonly<Record<string, string>>;

async function ask(
  home: string,
  registry: string,
  repository = 'team/app',
  environment: Environment = {},
): Promise<string | undefined> {
  const keychain = dockerKeychain({
    environment: { XDG_RUNTIME_DIR: `${home}/run`, ...environment },
    home,
  });
  const found = await keychain({ registry, repository });
  return found?.kind === 'basic' ? found.username : found?.token;
}

describe('the key of an entry', () => {
  test.each([
    ['docker.io', 'https://index.docker.io/v1/', true],
    ['docker.io', 'index.docker.io', true],
    ['docker.io', 'docker.io', true],
    ['docker.io', 'registry-1.docker.io', true],
    ['quay.io', 'https://quay.io/v2/', true],
    ['quay.io', 'quay.io/team', true],
    ['quay.io', 'quay.io/team/app', true],
    ['quay.io', 'quay.io/tea', false],
    ['quay.io', 'quay.io/team/app/more', false],
    ['quay.io', 'quay.io.evil.example', false],
    ['quay.io', 'evil.example/quay.io', false],
    ['quay.io', 'notquay.io', false],
    ['quay.io', 'io', false],
    ['quay.io', 'quay.io:8443', false],
    ['quay.io:8443', 'quay.io:8443', true],
    ['quay.io:8443', 'quay.io', false],
    ['gcr.io', 'eu.gcr.io', false],
  ])('%s has the entry %s: %s', async (registry, key, hit) => {
    await using home = await temporaryFolder();
    await home.write('.docker/config.json', JSON.stringify({ auths: { [key]: auth('alice') } }));
    expect(await ask(home.path, registry)).toBe(hit ? 'alice' : undefined);
  });

  test('with the longest path wins', async () => {
    await using home = await temporaryFolder();
    const auths = {
      'quay.io/team': auth('team'),
      'quay.io': auth('all'),
      'quay.io/team/app': auth('app'),
    };
    await home.write('.docker/config.json', JSON.stringify({ auths }));
    expect(await ask(home.path, 'quay.io', 'team/app')).toBe('app');
    expect(await ask(home.path, 'quay.io', 'team/other')).toBe('team');
    expect(await ask(home.path, 'quay.io', 'teams/app')).toBe('all');
  });
});

describe('the order of sources', () => {
  test('is DOCKER_AUTH_CONFIG, docker, podman of this login, podman of this user, .dockercfg', async () => {
    await using home = await temporaryFolder();
    const places: [string, string][] = [
      ['.dockercfg', 'oldest'],
      ['.config/containers/auth.json', 'user'],
      ['run/containers/auth.json', 'login'],
      ['.docker/config.json', 'docker'],
    ];
    for (const [file, user] of places) {
      const entries = { 'quay.io': auth(user) };
      await home.write(file, JSON.stringify(file === '.dockercfg' ? entries : { auths: entries }));
      expect(await ask(home.path, 'quay.io')).toBe(user);
    }
    const environment = {
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'quay.io': auth('inline') } }),
    };
    expect(await ask(home.path, 'quay.io', 'x', environment)).toBe('inline');
    const elsewhere = {
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'ghcr.io': auth('inline') } }),
    };
    expect(await ask(home.path, 'quay.io', 'x', elsewhere)).toBe('docker');
  });

  test('ends with REGISTRY_AUTH_FILE when it is set', async () => {
    await using home = await temporaryFolder();
    await home.write(
      '.docker/config.json',
      JSON.stringify({ auths: { 'quay.io': auth('docker') } }),
    );
    const file = await home.write(
      'mine.json',
      JSON.stringify({ auths: { 'ghcr.io': auth('mine') } }),
    );
    expect(await ask(home.path, 'ghcr.io', 'x', { REGISTRY_AUTH_FILE: file })).toBe('mine');
    expect(await ask(home.path, 'quay.io', 'x', { REGISTRY_AUTH_FILE: file })).toBeUndefined();
  });

  test('follows DOCKER_CONFIG', async () => {
    await using home = await temporaryFolder();
    await home.write(
      'elsewhere/config.json',
      JSON.stringify({ auths: { 'quay.io': auth('there') } }),
    );
    expect(await ask(home.path, 'quay.io', 'x', { DOCKER_CONFIG: `${home.path}/elsewhere` })).toBe(
      'there',
    );
  });
});

describe('an entry', () => {
  test.each([
    [{ username: 'alice', password: 'p' }, 'alice'],
    [{ identitytoken: 'refresh' }, 'refresh'],
    [{ registrytoken: 'bearer' }, 'bearer'],
    [{ auth: Buffer.from('alice:p\0\0').toString('base64') }, 'alice'],
    [{ auth: Buffer.from('<token>:refresh').toString('base64') }, 'refresh'],
    [{}, undefined],
    [{ auth: Buffer.from(':p').toString('base64') }, undefined],
    [{ auth: 'not base64 of a pair' }, undefined],
    [null, undefined],
    ['text', undefined],
  ])('%j gives %s', async (entry, user) => {
    await using home = await temporaryFolder();
    await home.write('.docker/config.json', JSON.stringify({ auths: { 'quay.io': entry } }));
    expect(await ask(home.path, 'quay.io')).toBe(user);
  });

  test('in a file that is broken is an error that shows nothing of it', async () => {
    await using home = await temporaryFolder();
    const file = await home.write(
      '.docker/config.json',
      '{"auths":{"quay.io":{"auth":"c2VjcmV0" oops',
    );
    await expect(ask(home.path, 'quay.io')).rejects.toThrow(`${file} is not JSON`);
    await expect(ask(home.path, 'quay.io')).rejects.not.toThrow('c2VjcmV0');
  });
});

describe('a credential helper', () => {
  test('of a host comes before the store, and both before the file', async () => {
    await using home = await temporaryFolder();
    await using own = await credentialHelper(
      { 'quay.io': { username: 'own', secret: 's' } },
      'own',
    );
    await using store = await credentialHelper(
      { 'https://index.docker.io/v1/': { username: 'hub', secret: 's' } },
      'store',
    );
    await home.write(
      '.docker/config.json',
      JSON.stringify({
        credHelpers: { 'quay.io': 'own' },
        credsStore: 'store',
        auths: { 'quay.io': auth('file'), 'ghcr.io': auth('file') },
      }),
    );
    const environment = { PATH: `${own.folder}:${store.folder}:/usr/bin:/bin` };
    expect(await ask(home.path, 'quay.io', 'x', environment)).toBe('own');
    expect(await ask(home.path, 'docker.io', 'x', environment)).toBe('hub');
    expect(await ask(home.path, 'ghcr.io', 'x', environment)).toBe('file');
    expect(await store.calls()).toEqual(['https://index.docker.io/v1/', 'ghcr.io']);
  });

  test('is asked once for a host, however many repositories want it', async () => {
    await using home = await temporaryFolder();
    await using helper = await credentialHelper({
      'quay.io': { username: '<token>', secret: 'refresh' },
    });
    await home.write('.docker/config.json', JSON.stringify({ credsStore: 'test' }));
    const environment = { PATH: `${helper.folder}:/usr/bin:/bin` };
    const keychain = dockerKeychain({ environment, home: home.path });
    const found = await Promise.all(
      ['a', 'b', 'c'].map((repository) => keychain({ registry: 'quay.io', repository })),
    );
    expect(found[0]).toMatchObject({ kind: 'identity', token: 'refresh' });
    expect(found[0]?.source).toContain('docker-credential-test');
    expect(await helper.calls()).toEqual(['quay.io']);
  });

  test.each([
    [{ stdout: 'no keychain here', exit: 1 }, 'failed with exit code 1: no keychain here'],
    [{ stderr: 'locked', exit: 2 }, 'failed with exit code 2: locked'],
    [{ stdout: 'hunter2 is no JSON' }, 'did not answer with JSON'],
    [{ stdout: '{"Username":7}' }, 'without Username and Secret'],
  ])('that answers %j is an error, not "none"', async (answer, message) => {
    await using home = await temporaryFolder();
    await using helper = await credentialHelper({ 'quay.io': answer });
    await home.write('.docker/config.json', JSON.stringify({ credsStore: 'test' }));
    const environment = { PATH: `${helper.folder}:/usr/bin:/bin` };
    await expect(ask(home.path, 'quay.io', 'x', environment)).rejects.toThrow(message);
    await expect(ask(home.path, 'quay.io', 'x', environment)).rejects.not.toThrow('hunter2');
  });

  test('that is not there, or has no name of one, is an error', async () => {
    await using home = await temporaryFolder();
    await home.write(
      '.docker/config.json',
      JSON.stringify({ credHelpers: { 'quay.io': 'absent', 'ghcr.io': '../x; rm' } }),
    );
    const environment = { PATH: home.path };
    await expect(ask(home.path, 'quay.io', 'x', environment)).rejects.toThrow('is it on PATH?');
    await expect(ask(home.path, 'ghcr.io', 'x', environment)).rejects.toThrow('is not the name');
  });
});

describe('pull secrets', () => {
  const secret = (name: string, auths: Record<string, unknown>): unknown => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: { name },
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  });

  test.each([
    ['*.example.com', 'reg.example.com', 'team/app', true],
    ['*.example.com', 'a.reg.example.com', 'team/app', false],
    ['*.example.com', 'example.com', 'team/app', false],
    ['reg*.example.com', 'reg7.example.com', 'team/app', true],
    ['r*g*7.example.com', 'reg7.example.com', 'team/app', true],
    ['r*x*7.example.com', 'reg7.example.com', 'team/app', false],
    ['reg?.example.com', 'reg7.example.com', 'team/app', true],
    ['reg?.example.com', 'reg77.example.com', 'team/app', false],
    ['reg.example.*', 'reg.example.com:5000', 'team/app', false],
    ['*', 'registry', 'team/app', true],
    ['*', 'registry.example.com', 'team/app', false],
    ['*.*.com', 'reg.example.com', 'team/app', true],
    ['[r]eg*.example.com', 'reg7.example.com', 'team/app', false],
    ['*.example.com', 'reg.example.com.evil.example', 'team/app', false],
    ['*.example.com/team', 'reg.example.com', 'team/app', true],
    ['*.example.com/team', 'reg.example.com', 'teammate/app', false],
    ['*.example.com:5000', 'reg.example.com:5000', 'x', true],
    ['*.example.com', 'reg.example.com:5000', 'x', false],
    ['reg.example.com/team', 'reg.example.com', 'team/app', true],
    ['reg.example.com/team', 'reg.example.com', 'teammate/app', false],
  ])('the key %s is for %s/%s: %s', async (key, registry, repository, hit) => {
    const keychain = pullSecretKeychain([secret('regcred', { [key]: auth('alice') })]);
    const found = await keychain({ registry, repository });
    expect(found?.source).toBe(hit ? 'pull secret regcred' : undefined);
  });

  test('in the old form, in clear text and in a List count too', async () => {
    const old = {
      metadata: { name: 'old' },
      stringData: { '.dockercfg': JSON.stringify({ 'quay.io': auth('old') }) },
    };
    const list = {
      kind: 'List',
      items: [old, secret('longer', { 'quay.io/team': auth('longer') })],
    };
    const keychain = pullSecretKeychain([list]);
    expect((await keychain({ registry: 'quay.io', repository: 'x' }))?.source).toBe(
      'pull secret old',
    );
    expect((await keychain({ registry: 'quay.io', repository: 'team/x' }))?.source).toBe(
      'pull secret longer',
    );
  });
});
