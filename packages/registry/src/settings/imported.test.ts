import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { client, named } from '../testing/client.ts';
import { readHostsDirectory } from './hosts-directory.ts';
import { readRegistriesConf } from './registries-conf.ts';

describe('registries.conf', () => {
  test('gives mirrors and insecure registries, and says what it cannot', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'registries.conf',
      `unqualified-search-registries = ["quay.io"]
[[registry]]
prefix = "docker.io"
[[registry.mirror]]
location = "mirror.example/hub"
[[registry.mirror]]
location = "other.example:5000"
insecure = true
pull-from-mirror = "digest-only"
[[registry]]
prefix = "*.example.com"
insecure = true
[[registry]]
prefix = "quay.io/team"
location = "quay.example/team"
`,
    );
    await folder.write(
      'registries.conf.d/50-more.conf',
      '[[registry]]\nlocation = "lab.example:5000"\ninsecure = true\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "m.example"\n',
    );
    const { hosts, warnings } = await readRegistriesConf(file);
    expect(hosts).toEqual({
      'docker.io': {
        mirrors: [
          { url: 'https://mirror.example/hub', resolve: true },
          { url: 'https://other.example:5000', resolve: false },
        ],
      },
      'other.example:5000': { insecure: true, skipVerify: true },
      'lab.example:5000': {
        insecure: true,
        skipVerify: true,
        mirrors: [{ url: 'https://m.example', resolve: false }],
      },
    });
    expect(warnings).toHaveLength(3);
    expect(warnings.join('\n')).toMatch(/docker\.io[\s\S]*\*\.example\.com[\s\S]*quay\.io\/team/);
  });

  test('that is broken is an error with its line', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('registries.conf', 'x = 1\ny = = "hush"\n');
    await expect(readRegistriesConf(file)).rejects.toThrow(`${file}:2 is not TOML`);
  });
});

describe("containerd's hosts.toml", () => {
  test('gives mirrors that may resolve only where they say so', async () => {
    await using folder = await temporaryFolder();
    await folder.write(
      'docker.io/hosts.toml',
      `server = "https://registry-1.docker.io"
[host."https://public.example"]
  capabilities = ["pull"]
[host."https://ours.example:5000/v2/hub"]
  capabilities = ["pull", "resolve"]
  ca = "ours.crt"
  client = [["/etc/client.cert", "client.key"]]
[host."https://push.example"]
  capabilities = ["push"]
[host."http://strange.example"]
  capabilities = ["pull"]
  [host."http://strange.example".header]
    x-key = "hush"
`,
    );
    await folder.write(
      'lab.example_5000_/hosts.toml',
      '[host."https://lab.example:5000"]\nskip_verify = true\n',
    );
    await folder.write('_default/hosts.toml', '[host."https://all.example"]\n');
    await folder.write('README', '');
    const { hosts, warnings } = await readHostsDirectory(folder.path);
    expect(hosts).toEqual({
      'docker.io': {
        mirrors: [
          { url: 'https://public.example', resolve: false },
          { url: 'https://ours.example:5000/v2/hub', resolve: true },
        ],
      },
      'ours.example:5000': {
        ca: `${folder.path}/docker.io/ours.crt`,
        cert: '/etc/client.cert',
        key: `${folder.path}/docker.io/client.key`,
      },
      'lab.example:5000': { skipVerify: true },
    });
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).not.toContain('hush');
  });

  test('is what a client can be made with', async () => {
    await using mirror = await startRegistry();
    await using server = await startRegistry();
    const digest = mirror.push('hub/app', 'v1', image());
    await using folder = await temporaryFolder();
    const [host, port] = server.host.split(':');
    await folder.write(
      `${host}_${port}_/hosts.toml`,
      `[host."${mirror.url}/v2/hub"]\ncapabilities = ["pull", "resolve"]\n`,
    );
    const { hosts } = await readHostsDirectory(folder.path);
    await using registry = client({ hosts });
    expect((await registry.resolve(named(server, 'app', 'v1'))).digest).toBe(digest);
    expect(server.counters.requests).toBe(0);
  });
});
