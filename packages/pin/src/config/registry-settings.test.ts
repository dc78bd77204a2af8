import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';
import { type RegistrySettings, registrySettings } from './registry-settings.ts';

async function settingsIn(folder: TemporaryFolder, text: string): Promise<RegistrySettings> {
  await folder.write('pindrift.yaml', text);
  return registrySettings(await loadConfig(folder.path), {});
}

test("podman's and containerd's settings hold below those of the configuration", async () => {
  await using folder = await temporaryFolder();
  await folder.write(
    'etc/registries.conf',
    `[[registry]]
location = "quay.io"
insecure = true
[[registry.mirror]]
location = "mirror.example"
[[registry]]
prefix = "*.example.com"
blocked = true
colour = "red"
`,
  );
  await folder.write(
    'etc/certs.d/ghcr.io/hosts.toml',
    '[host."https://cache.example"]\ncapabilities = ["pull"]\nca = "ca.pem"\n',
  );
  const settings = await settingsIn(
    folder,
    `registriesConf: etc/registries.conf
hostsDirectory: etc/certs.d
registries:
  quay.io: {insecure: false, timeout: 500}
`,
  );
  expect(settings.hosts).toEqual({
    'quay.io': {
      insecure: false,
      skipVerify: true,
      timeout: 500,
      mirrors: [{ url: 'https://mirror.example', resolve: true }],
    },
    'cache.example': { ca: join(folder.path, 'etc/certs.d/ghcr.io/ca.pem') },
    'ghcr.io': { mirrors: [{ url: 'https://cache.example', resolve: false }] },
    '*.example.com': { mirrors: [], blocked: true },
  });
  expect(settings.warnings).toEqual([expect.stringContaining("'*.example.com'")]);
});

test('pull secrets are read from files of one or more documents, and ambient credentials can be left out', async () => {
  await using folder = await temporaryFolder();
  const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/dockerconfigjson' };
  await folder.write(
    'two.yaml',
    'kind: ConfigMap\n---\nkind: Secret\ntype: kubernetes.io/dockercfg\n',
  );
  await folder.write('list.json', JSON.stringify({ kind: 'List', items: [secret] }));
  const settings = await settingsIn(
    folder,
    'pullSecrets: [two.yaml, list.json]\nambientAuth: false\n',
  );
  expect(settings.ambient).toBe(false);
  expect(settings.pullSecrets).toContainEqual({ kind: 'List', items: [secret] });
  expect(settings.pullSecrets).toContainEqual({ kind: 'Secret', type: 'kubernetes.io/dockercfg' });
  const cluster = await settingsIn(
    folder,
    'clusterPullSecrets: {namespace: shop, secrets: [pull], tokenFile: t, caFile: /ca.pem}\n',
  );
  expect(cluster.kubernetes).toEqual({
    namespace: 'shop',
    secrets: ['pull'],
    tokenFile: join(folder.path, 't'),
    caFile: '/ca.pem',
  });
  expect(await settingsIn(folder, 'lock: x\n')).toEqual({
    hosts: {},
    pullSecrets: [],
    warnings: [],
  });
});

test.each([
  ['registriesConf: gone.conf', /pindrift\.yaml: registriesConf: .*gone\.conf could not be read/],
  ['registriesConf: broken', /pindrift\.yaml: registriesConf: .*broken:1 is not TOML/],
  ['hostsDirectory: gone', /pindrift\.yaml: hostsDirectory: .*gone could not be read/],
  ['pullSecrets: [gone.yaml]', /pindrift\.yaml: pullSecrets: .*gone\.yaml could not be read/],
  ['pullSecrets: [broken]', /pindrift\.yaml: pullSecrets: .*broken:1 is not YAML/],
  ['pullSecrets: [pod]', /pindrift\.yaml: pullSecrets: .*pod holds no pull secret/],
  ['registryConf: x', /registryConf: unknown key; did you mean registriesConf\?/],
  ['pullSecrets: hunter2', /pullSecrets: must be a list/],
])('%s is refused with what to look at, and shows no secret', async (text, said) => {
  await using folder = await temporaryFolder();
  await folder.write('broken', '{hunter2: [}\n');
  await folder.write('pod', 'kind: Pod\n');
  const error = await settingsIn(folder, `${text}\n`).catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'PinError', message: expect.stringMatching(said) });
  expect(String(error)).not.toContain('hunter2');
});
