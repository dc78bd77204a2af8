import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { client, named } from '../testing/client.ts';
import { readHostsDirectory } from './hosts-directory.ts';
import { readRegistriesConf } from './registries-conf.ts';

describe('registries.conf', () => {
  test('gives prefixes, mirrors, locations and insecure registries', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'registries.conf',
      `unqualified-search-registries = ["quay.io"]
credential-helpers = ["secretservice"]
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
[[registry]]
prefix = "quay.io/bad"
blocked = true
colour = "red"
[[registry]]
prefix = "quay.io/lab"
insecure = true
[[registry]]
prefix = "quay.io/app:v1"
location = "quay.example/app:v1"
`,
    );
    await folder.write(
      'registries.conf.d/50-more.conf',
      `[[registry]]
location = "lab.example:5000"
insecure = true
mirror-by-digest-only = true
[[registry.mirror]]
location = "m.example"
[[registry]]
location = "tags.example"
[[registry.mirror]]
location = "t.example/x"
pull-from-mirror = "tag-only"
`,
    );
    const { hosts, warnings } = await readRegistriesConf(file);
    const insecure = { insecure: true, skipVerify: true };
    expect(hosts).toEqual({
      'docker.io': {
        mirrors: [
          { url: 'https://mirror.example/hub', resolve: true },
          { url: 'https://other.example:5000', resolve: false },
        ],
      },
      'other.example:5000': insecure,
      '*.example.com': { ...insecure, mirrors: [] },
      'quay.io/team': { mirrors: [], location: 'quay.example/team' },
      'quay.io/bad': { mirrors: [], blocked: true },
      'quay.io/lab': { mirrors: [] },
      'lab.example:5000': { ...insecure, mirrors: [{ url: 'https://m.example', resolve: false }] },
      'tags.example': { mirrors: [{ url: 'https://t.example/x', resolve: true, digests: false }] },
    });
    const about = [
      /docker\.io, whatever/,
      /'credential-helpers' is not supported/,
      /'colour' of 'quay\.io\/bad'/,
      /'quay\.io\/app:v1' is a single tag/,
      /t\.example\/x says what tags mean/,
      /other\.example:5000 is insecure as a mirror/,
      /quay\.io is insecure for a part of it/,
    ];
    for (const one of about) expect(warnings.filter((text) => one.test(text))).toHaveLength(1);
    expect(warnings).toHaveLength(about.length);
  });

  test('in several files: the later one replaces what is said about a prefix', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'registries.conf',
      '[[registry]]\nlocation = "quay.io"\nblocked = true\n',
    );
    await folder.write('registries.conf.d/1.conf', '[[registry]]\nlocation = "quay.io"\n');
    expect((await readRegistriesConf(file)).hosts).toEqual({ 'quay.io': { mirrors: [] } });
  });

  test.each([
    ['[registries.search]\nregistries = ["quay.io"]', 'old format (version 1)'],
    ['[[registry]]\ninsecure = true', "'' is not host:port"],
    ['[[registry]]\nlocation = "https://quay.io"', "'https://quay.io' is not host:port"],
    ['[[registry]]\nlocation = "quay.io/../x"', 'is not host:port'],
    ['[[registry]]\nprefix = "*.example.com/team"', 'is not host:port'],
    ['[[registry]]\nlocation = "quay.io"\nblocked = "yes"', "'blocked' is true or false"],
    ['[[registry]]\nlocation = "a.io"\n[[registry]]\nlocation = "a.io"', 'several tables'],
    [
      '[[registry]]\nlocation = "a.io"\n[[registry.mirror]]\nlocation = "b.io"\npull-from-mirror = "tags"',
      'all, digest-only or tag-only',
    ],
    [
      '[[registry]]\nlocation = "a.io"\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "b.io"\npull-from-mirror = "all"',
      'exclude each other',
    ],
    ['[[registry]]\nlocation = "a.io"\n[[registry.mirror]]\ninsecure = true', 'is not host:port'],
  ])('%j is an error', async (text, message) => {
    await using folder = await temporaryFolder();
    const file = await folder.write('registries.conf', text);
    await expect(readRegistriesConf(file)).rejects.toThrow(message);
    await expect(readRegistriesConf(file)).rejects.toThrow(file);
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
