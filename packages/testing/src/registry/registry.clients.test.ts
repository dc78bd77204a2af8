import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTokenServer } from '../auth/token-server.ts';
import { digestOf } from '../content/digest.ts';
import { image } from '../content/image.ts';
import { index } from '../content/index-of.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import { client } from '../programs/client.ts';
import { type Distribution, startDistribution } from '../programs/distribution.ts';
import { run } from '../programs/run.ts';
import { type TemporaryFolder, temporaryFolder } from '../system/temporary-folder.ts';
import { startRegistry, type TestRegistry } from './registry.ts';

const OCI = index([image(), image({ platform: 'linux/arm64' })]);
const DOCKER = index(
  [image({ format: 'docker' }), image({ format: 'docker', platform: 'linux/arm64' })],
  { format: 'docker' },
);
const NOWHERE = digestOf(Buffer.from('nowhere'));
const USERS = { alice: 'secret' };

let ours: TestRegistry;
let real: Distribution;
let home: TemporaryFolder;

beforeAll(async () => {
  [ours, real, home] = await Promise.all([startRegistry(), startDistribution(), temporaryFolder()]);
  ours.push('team/oci', 'v1', OCI);
  ours.push('team/docker', 'v1', DOCKER);
  for (const name of ['team/oci', 'team/docker']) {
    await crane('copy', ours.reference(name, 'v1'), `${real.host}/${name}:v1`);
  }
});

afterAll(async () => {
  await Promise.all([ours.close(), real[Symbol.asyncDispose](), home[Symbol.asyncDispose]()]);
});

async function crane(...args: string[]): Promise<string> {
  const env = { DOCKER_CONFIG: home.path };
  const { code, stdout, stderr } = await run(client('crane'), args, { env });
  expect(code, `crane ${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout.toString().trim();
}

describe('crane', () => {
  test('reads what was pushed here', async () => {
    const reference = ours.reference('team/oci', 'v1');
    expect(await crane('digest', reference)).toBe(OCI.digest);
    expect(await crane('digest', '--platform', 'linux/arm64', reference)).toBe(
      OCI.children[1]?.digest,
    );
    expect(await crane('manifest', ours.reference('team/oci', OCI.digest))).toBe(
      OCI.bytes.toString(),
    );
    expect(await crane('validate', '--remote', reference)).toContain('PASS');
  });

  test('copies out and in again without a change', async () => {
    expect(await crane('digest', `${real.host}/team/oci:v1`)).toBe(OCI.digest);
    await crane('copy', `${real.host}/team/docker:v1`, ours.reference('back/docker', 'v2'));
    expect(await crane('digest', ours.reference('back/docker', 'v2'))).toBe(DOCKER.digest);
    expect(await crane('ls', `${ours.host}/back/docker`)).toBe('v2');
    await crane('delete', ours.reference('back/docker', 'v2'));
  });

  test('logs in with tokens and with passwords, and pushes', async () => {
    await using tokens = await startTokenServer({ users: USERS, anonymous: false });
    const bearer = { kind: 'bearer', tokens, hosted: true } as const;
    await using first = await startRegistry({ auth: bearer });
    await using second = await startRegistry({ auth: { kind: 'basic', users: USERS } });
    for (const registry of [first, second]) {
      await crane('auth', 'login', registry.host, '-u', 'alice', '-p', 'secret');
      await crane('copy', ours.reference('team/oci', 'v1'), registry.reference('a/b', 'v1'));
      expect(await crane('digest', registry.reference('a/b', 'v1'))).toBe(OCI.digest);
    }
  });
});

const ALL = [
  MEDIA_TYPE.ociIndex,
  MEDIA_TYPE.ociManifest,
  MEDIA_TYPE.dockerList,
  MEDIA_TYPE.dockerManifest,
].join(', ');

describe('the answer is that of distribution 3', () => {
  const paths = [
    '/v2/',
    '/other',
    '/v2/team/oci/manifests/v1',
    `/v2/team/oci/manifests/${OCI.digest}`,
    `/v2/team/oci/manifests/${OCI.digest.replace(':', '%3A')}`,
    `/v2/team/oci/manifests/${NOWHERE}`,
    '/v2/team/oci/manifests/other',
    '/v2/team/docker/manifests/v1',
    '/v2/none/manifests/v1',
    '/v2/NONE/manifests/v1',
    `/v2/team/oci/blobs/${OCI.children[0]?.blobs.keys().next().value}`,
    `/v2/team/oci/blobs/${NOWHERE}`,
    '/v2/team/oci/blobs/sha256:12',
    '/v2/team/oci/tags/list',
    '/v2/team/oci/tags/list?n=0',
    '/v2/none/tags/list',
  ];
  const requests = [
    ...paths.flatMap((path) => ['GET', 'HEAD'].map((method) => ({ method, path }))),
    { method: 'PATCH', path: '/v2/team/oci/manifests/v1' },
    { method: 'PUT', path: '/v2/team/oci/tags/list' },
    { method: 'DELETE', path: `/v2/team/oci/manifests/${NOWHERE}` },
  ];

  test.each(requests)('to $method $path', async ({ method, path }) => {
    const asked = { method, path, accept: ALL };
    expect(await answerOf(ours.url, asked)).toEqual(await answerOf(real.url, asked));
  });

  test.each(['*/*', MEDIA_TYPE.dockerManifest, MEDIA_TYPE.ociManifest])(
    'to who asks for a Docker list and accepts %s',
    async (accept) => {
      const asked = { method: 'GET', path: '/v2/team/docker/manifests/v1', accept };
      expect(await answerOf(ours.url, asked)).toEqual(await answerOf(real.url, asked));
    },
  );
});

// Version 3 hands OCI types to everybody; what negotiates is the harder of the two for a client.
test.each(['*/*', ALL, MEDIA_TYPE.ociManifest, MEDIA_TYPE.ociIndex, MEDIA_TYPE.dockerManifest])(
  'the answer is that of distribution 2.8 to who asks for an OCI index and accepts %s',
  async (accept) => {
    await using old = await startDistribution('docker-registry');
    await crane('copy', ours.reference('team/oci', 'v1'), `${old.host}/team/oci:v1`);
    for (const reference of ['v1', OCI.digest, OCI.children[0]?.digest]) {
      for (const method of ['GET', 'HEAD']) {
        const asked = { method, path: `/v2/team/oci/manifests/${reference}`, accept };
        expect(await answerOf(ours.url, asked)).toEqual(await answerOf(old.url, asked));
      }
    }
  },
);

test('skopeo inspects and copies', async () => {
  const source = `docker://${ours.reference('team/oci', 'v1')}`;
  const tls = ['--src-tls-verify=false', '--dest-tls-verify=false'];
  const target = `docker://${ours.reference('copied/oci', 'v1')}`;
  await skopeo('copy', '--all', ...tls, source, target);
  const inspected = await skopeo(
    'inspect',
    '--tls-verify=false',
    '--format',
    '{{.Digest}}',
    target,
  );
  expect(inspected).toBe(OCI.digest);
  expect(
    JSON.parse(await skopeo('list-tags', '--tls-verify=false', target.slice(0, -3))),
  ).toMatchObject({ Tags: ['v1'] });
});

async function skopeo(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(client('skopeo'), args);
  expect(code, `skopeo ${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout.toString().trim();
}

async function answerOf(
  url: string,
  { method, path, accept }: { method: string; path: string; accept: string },
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, { method, headers: { accept } });
  const names = ['content-type', 'docker-content-digest', 'etag', 'link', 'allow'];
  const text = await response.text();
  const [error] = text.startsWith('{"errors"') ? JSON.parse(text).errors : [undefined];
  return {
    status: response.status,
    headers: names.map(
      (name) => `${name}: ${response.headers.get(name)?.replace('json; charset=utf-8', 'json')}`,
    ),
    body: error?.code ?? text.trim(),
    length: response.ok ? response.headers.get('content-length') : undefined,
  };
}
