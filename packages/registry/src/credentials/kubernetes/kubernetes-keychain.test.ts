import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  type Authority,
  createAuthority,
  image,
  startRegistry,
  temporaryFolder,
} from '@pindrift/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { client, failure, named } from '../../testing/client.ts';
import type { Keychain } from '../keychain.ts';
import type { ClusterSecrets } from './cluster.ts';
import { kubernetesKeychain } from './kubernetes-keychain.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

const token = 'the-token-of-the-pod';
const type = 'kubernetes.io/dockerconfigjson';

function secret(name: string, key: string, fields: object = {}): object {
  const auths = { [key]: { auth: btoa(`${name}:secret of ${name}`) } };
  const data = { '.dockerconfigjson': btoa(JSON.stringify({ auths })) };
  return { kind: 'Secret', type, metadata: { name }, data, ...fields };
}

const objects: Readonly<Record<string, object>> = {
  'prod/serviceaccounts/default': { imagePullSecrets: [{ name: 'quay' }, { name: 'gone' }] },
  'prod/serviceaccounts/builder': { imagePullSecrets: [{ name: 'ghcr' }] },
  'prod/serviceaccounts/evil': { imagePullSecrets: [{ name: '../../other/secrets/quay' }] },
  'prod/serviceaccounts/none': {},
  'prod/secrets/quay': secret('quay', 'quay.io'),
  'prod/secrets/ghcr': secret('ghcr', 'ghcr.io/team'),
  'prod/secrets/tls': { kind: 'Secret', type: 'kubernetes.io/tls', data: {} },
};

/** An API server with these objects, and a pod's folder that leads to it. */
async function startCluster() {
  const asked: string[] = [];
  const server = createServer(await authority.server(), (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const path = request.url?.replace('/api/v1/namespaces/', '') ?? '';
    const isAllowed = request.headers.authorization === `Bearer ${token}`;
    const found = isAllowed ? objects[path] : undefined;
    const status = !isAllowed ? 403 : found === undefined ? 404 : 200;
    const failed = { kind: 'Status', message: `${path} is\u001b[31m not for you` };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? failed));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pod = await temporaryFolder();
  await pod.write('token', `${token}\n`);
  await pod.write('namespace', 'prod');
  await pod.write('ca.crt', authority.certificate);
  const environment = {
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String(port),
  };
  const warnings: string[] = [];
  const options = { environment, pod: pod.path, warn: (text: string) => void warnings.push(text) };
  return {
    asked,
    warnings,
    pod,
    server: `https://127.0.0.1:${port}`,
    keychain: (source: ClusterSecrets = {}): Keychain => kubernetesKeychain(source, options),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await pod[Symbol.asyncDispose]();
    },
  };
}

const quay = { registry: 'quay.io', repository: 'team/app' };
const ghcr = { registry: 'ghcr.io', repository: 'team/app' };

describe('in a pod', () => {
  test('the pull secrets of its service account are read, once, with the first question', async () => {
    await using cluster = await startCluster();
    const keychain = cluster.keychain();
    expect(cluster.asked).toEqual([]);
    const found = await Promise.all([keychain(quay), keychain(quay), keychain(ghcr)]);
    expect(found.map((one) => one?.source)).toEqual([
      'pull secret quay',
      'pull secret quay',
      undefined,
    ]);
    expect(cluster.asked.toSorted()).toEqual([
      'GET /api/v1/namespaces/prod/secrets/gone',
      'GET /api/v1/namespaces/prod/secrets/quay',
      'GET /api/v1/namespaces/prod/serviceaccounts/default',
    ]);
    expect(cluster.warnings).toEqual([expect.stringContaining('no secret gone')]);
  });

  test('another service account may be named, and one may have none', async () => {
    await using cluster = await startCluster();
    const builder = cluster.keychain({ serviceAccount: 'builder' });
    expect((await builder(ghcr))?.source).toBe('pull secret ghcr');
    expect(await builder({ registry: 'ghcr.io', repository: 'teammate/app' })).toBeUndefined();
    expect(await cluster.keychain({ serviceAccount: 'none' })(quay)).toBeUndefined();
  });

  test('named secrets are read without the service account', async () => {
    await using cluster = await startCluster();
    expect((await cluster.keychain({ secrets: ['ghcr'] })(ghcr))?.source).toBe('pull secret ghcr');
    expect(cluster.asked).toEqual(['GET /api/v1/namespaces/prod/secrets/ghcr']);
  });

  test.each([
    [{ secrets: ['gone'] }, 'there is no secret gone in Kubernetes'],
    [{ secrets: ['tls'] }, 'the secret tls in Kubernetes is no pull secret'],
    [{ secrets: ['../../kube-system/secrets/x'] }, 'is not the name of'],
    [{ secrets: ['x?watch=1'] }, 'is not the name of'],
    [{ serviceAccount: 'evil' }, 'is not the name of'],
    [{ serviceAccount: 'gone' }, 'there is no service account gone'],
    [{ namespace: 'Prod/x' }, 'is not the name of a namespace'],
    [{ server: 'http://127.0.0.1:1', tokenFile: 'x' }, 'https://host:port'],
    [{ server: 'https://user:pass@127.0.0.1:1' }, 'https://host:port'],
    [{ server: 'https://127.0.0.1:1' }, "needs the setting 'tokenFile'"],
    [{ tokenFile: '/nonexistent' }, 'cannot be read: ENOENT'],
  ])('%j is an error', async (source, message) => {
    await using cluster = await startCluster();
    const asked = cluster.keychain(source)(quay);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(/user:pass|the-token/);
    expect(cluster.asked.every((path) => /\/prod\/\w+\/\w+$/.test(path))).toBe(true);
  });

  test('what may not be read is an error in the words of the API, and asked again', async () => {
    await using cluster = await startCluster();
    await cluster.pod.write('token', 'another-token');
    const keychain = cluster.keychain();
    await expect(keychain(quay)).rejects.toThrow(
      'Kubernetes answers 403 when asked for serviceaccounts/default in prod: prod/serviceaccounts/default is [31m not for you',
    );
    await cluster.pod.write('token', token);
    expect((await keychain(quay))?.source).toBe('pull secret quay');
  });

  test('a server that the authority does not vouch for gets no token', async () => {
    await using cluster = await startCluster();
    await cluster.pod.write('ca.crt', (await createAuthority()).certificate);
    await expect(cluster.keychain()(quay)).rejects.toThrow(/certificate/);
    expect(cluster.asked).toEqual([]);
  });
});

test('outside of a cluster it is named by its server, token and authority', async () => {
  await using cluster = await startCluster();
  await using folder = await temporaryFolder();
  const source = {
    server: cluster.server,
    namespace: 'prod',
    tokenFile: await folder.write('t', token),
    caFile: await folder.write('ca', authority.certificate),
  };
  const warn = (): void => undefined;
  const keychain = kubernetesKeychain(source, { environment: {}, warn });
  expect((await keychain(quay))?.source).toBe('pull secret quay');
  await expect(kubernetesKeychain({}, { environment: {}, warn })(quay)).rejects.toThrow(
    'this is not a pod',
  );
});

test('a client asks it only when it is told to, and after the files', async () => {
  await using cluster = await startCluster();
  await using server = await startRegistry({
    auth: { kind: 'basic', users: { pull: 'secret of pull' } },
  });
  server.push('app', 'v1', image());
  await using folder = await temporaryFolder();
  const kubernetes = {
    server: cluster.server,
    namespace: 'prod',
    secrets: ['gone'],
    tokenFile: await folder.write('t', token),
    caFile: await folder.write('ca', authority.certificate),
  };
  await using without = client();
  expect((await failure(without.resolve(named(server, 'app', 'v1')))).code).toBe('AUTH_REQUIRED');
  expect(cluster.asked).toEqual([]);
  await using broken = client({ kubernetes });
  const error = await failure(broken.resolve(named(server, 'app', 'v1')));
  expect(error).toMatchObject({ code: 'CREDENTIALS' });
  expect(error.message).toContain('no secret gone');
  const auths = { [server.host]: { auth: btoa('pull:secret of pull') } };
  await using logged = client({
    kubernetes,
    environment: { DOCKER_AUTH_CONFIG: JSON.stringify({ auths }) },
  });
  await logged.resolve(named(server, 'app', 'v1'));
  expect(cluster.asked).toHaveLength(1);
});
