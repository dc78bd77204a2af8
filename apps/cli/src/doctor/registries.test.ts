import { createAuthority } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';
import type { Check } from './check.ts';

const PASSWORD = 'correct-horse-battery';

interface Told {
  readonly code: number;
  readonly text: string;
  /** Of credentials and networks, each as `area name: status found; notes`. */
  readonly lines: readonly string[];
}

async function doctor(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  ...more: readonly string[]
): Promise<Told> {
  await using folder = await workFolder(files);
  const json = await folder.runWith({ env }, 'doctor', '--format', 'json', ...more);
  const { code, stdout } = await folder.runWith({ env }, 'doctor', ...more);
  const { checks } = readDocument(json.stdout) as unknown as { checks: readonly Check[] };
  const lines = checks
    .filter(({ area }) => area === 'credentials' || area === 'network')
    .map(({ area, name, status, found, notes }) =>
      [`${area} ${name}: ${status} ${found}`, ...notes].join('; ').replaceAll(folder.path, '.'),
    );
  return { code, text: stdout + json.stdout, lines };
}

function login(...registries: readonly string[]): string {
  const auth = Buffer.from(`someone:${PASSWORD}`).toString('base64');
  return JSON.stringify({ auths: Object.fromEntries(registries.map((name) => [name, { auth }])) });
}

test('sources of credentials are asked in their order, and the first that answers is named', async () => {
  const names = ['a', 'b', 'c', 'd'].map((name) => `${name}.example`);
  const files = {
    'pods.yaml': deployment('a', ...[...names, 'ghcr.io'].map((name) => `${name}/team/app:v1`)),
    '.docker/config.json': login('a.example', 'b.example', 'c.example'),
    'secret.yaml': `kind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata: {name: pull}\nstringData: {.dockerconfigjson: '${login(...names)}'}\n`,
    'pindrift.yaml': `pullSecrets: [secret.yaml]
registries: {a.example: {credentials: {tokenEnv: TOKEN}}}
`,
  };
  const env = { TOKEN: PASSWORD, GITHUB_TOKEN: PASSWORD, DOCKER_AUTH_CONFIG: login('b.example') };
  const { lines, text } = await doctor(files, env);
  expect(lines).toEqual(
    expect.arrayContaining([
      'credentials a.example: fine from the configuration',
      'credentials b.example: fine from DOCKER_AUTH_CONFIG',
      'credentials c.example: fine from ./.docker/config.json',
      'credentials d.example: fine from pull secret pull',
      'credentials ghcr.io: fine from GITHUB_TOKEN',
    ]),
  );
  expect(text).not.toContain(PASSWORD);
  for (const option of ['--no-ambient-auth', '--offline']) {
    const alone = await doctor(files, env, option);
    expect(alone.lines).toContain('credentials ghcr.io: fine none: asked anonymously');
  }
});

test('a login for some repositories only is told for each', async () => {
  const { lines } = await doctor({
    'pods.yaml': deployment('a', 'quay.io/team/app:v1', 'quay.io/other/app:v1'),
    '.config/containers/auth.json': login('quay.io/team'),
  });
  expect(lines).toContain(
    'credentials quay.io: fine not the same for all repositories; ' +
      'team/app: from ./.config/containers/auth.json; other/app: none: asked anonymously',
  );
});

test('mirrors, proxy, authorities and plain http are told where they are set', async () => {
  const authority = await createAuthority();
  const { code, lines, text } = await doctor(
    {
      'pods.yaml': deployment('a', 'quay.io/a/b:v1', 'lab.internal:5000/a/b:v1', 'ghcr.io/a/b:v1'),
      'ca.pem': authority.certificate,
      'registries.conf': `unqualified-search-registries = ["quay.io"]
[[registry]]
location = "quay.io"
[[registry.mirror]]
location = "mirror.example"
pull-from-mirror = "digest-only"
[[registry]]
prefix = "ghcr.io/a"
location = "ghcr.example/a"
[[registry]]
prefix = "ghcr.io/bad"
blocked = true
`,
      'pindrift.yaml': `registriesConf: registries.conf
registries:
  quay.io: {ca: ca.pem, credentials: anonymous}
  lab.internal:5000: {plainHttp: true}
`,
    },
    { HTTPS_PROXY: `http://me:${PASSWORD}@proxy.example:3128` },
  );
  expect(code).toBe(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      'network quay.io: fine mirror https://mirror.example, for digests; proxy http://proxy.example:3128; authorities from ./ca.pem; no credentials',
      'network lab.internal:5000: fine plain http',
      'network ghcr.io: fine ghcr.io/bad: blocked; ghcr.io/a: read from ghcr.example/a; proxy http://proxy.example:3128',
      expect.stringMatching(
        /^network registries: note .*registries\.conf: names without a registry/,
      ),
    ]),
  );
  expect(text).not.toContain(PASSWORD);
});

test.each([
  [
    'registries: {ghcr.io: {credentials: {tokenEnv: TOKEN}}}',
    /^network ghcr\.io: problem .*; .*the environment variable TOKEN is not set$/,
  ],
  [
    'registries: {ghcr.io: {ca: gone.pem}}',
    /^network ghcr\.io: problem .*gone\.pem cannot be read$/,
  ],
  ['pullSecrets: [secret.yaml]', /^network registries: problem .*; pull secret pull is not JSON$/],
  [
    'clusterPullSecrets: {}',
    /^credentials ghcr\.io: problem .*; .*this is not a pod; name its server$/,
  ],
  ['pullSecrets: [gone.yaml]', /^network registries: problem .*gone\.yaml could not be read/],
])('%s is a problem where it cannot be used', async (config, said) => {
  const { code, lines } = await doctor({
    'pindrift.yaml': `${config}\n`,
    'secret.yaml':
      'kind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata: {name: pull}\nstringData: {.dockerconfigjson: "{"}\n',
    'pods.yaml': deployment('a', 'ghcr.io/a/b:v1'),
  });
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(said));
});
