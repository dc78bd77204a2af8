import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installLine } from './docs/install-line.ts';
import { NODE_VERSIONS, nodeBinary } from './node-versions.ts';
import { type Packed, PROGRAMS, packAll } from './pack.ts';

const NAMES = Object.keys(PROGRAMS);
const DIGEST = `sha256:${'1'.repeat(64)}`;
const LOCK = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: docker.io/library/nginx:1.27
    digest: ${DIGEST}
`;
const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: web, image: nginx:1.27}
`;
const PINNED = POD.replace('nginx:1.27', `nginx:1.27@${DIGEST}`);

let folder: string;
let packed: Packed;
let installed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pindrift-packed-'));
  packed = await packAll(join(folder, 'dist'));
  installed = join(folder, 'prefix');
  mkdirSync(installed);
  const env = {
    npm_config_cache: join(folder, 'cache'),
    npm_config_prefix: installed,
    npm_config_offline: 'true',
  };
  // The line that README.md shows, as it is typed in the folder of the clone.
  const { code, stderr } = await run('sh', ['-c', installLine()], { cwd: folder, env });
  expect(code, stderr).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string): string {
  return join(installed, 'bin', name);
}

describe('the npm package', () => {
  test('puts four commands in place, and nothing beside them', () => {
    expect(readdirSync(join(installed, 'bin')).toSorted()).toEqual(NAMES.toSorted());
    expect(readdirSync(join(installed, 'lib/node_modules'))).toEqual(['pindrift']);
    expect(readdirSync(join(installed, 'lib/node_modules/pindrift')).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'dist',
      'package.json',
      'schemas',
    ]);
  });

  test.each(NAMES)('%s says its version', async (name) => {
    const { version } = readManifest();
    const { code, stdout, stderr } = await run(program(name), ['--version']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString().trim()).toBe(version);
  });

  test('passes on the licences of what is bundled', () => {
    const notices = readFileSync(
      join(installed, 'lib/node_modules/pindrift/THIRD-PARTY-NOTICES.md'),
      'utf8',
    );
    for (const name of ['undici', 'js-yaml', 'yaml', 'commander', 'picomatch']) {
      expect.soft(notices).toMatch(new RegExp(`^## ${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, 'm'));
    }
    expect(notices).toContain('Permission');
  });

  test('is the same bytes from the same sources', async () => {
    const again = await packAll(join(folder, 'again'));
    expect(readFileSync(again.npm).equals(readFileSync(packed.npm))).toBe(true);
    expect(readFileSync(again.helmPlugin).equals(readFileSync(packed.helmPlugin))).toBe(true);
  });
});

function readManifest(): { readonly version: string } {
  const file = join(installed, 'lib/node_modules/pindrift/package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as { version: string };
}

describe.each(NODE_VERSIONS)('on Node %s', (version) => {
  const node = nodeBinary(version);

  test('pindrift-helm pins', async () => {
    const cwd = workFolder({ 'lock.yaml': LOCK });
    const args = [program('pindrift-helm'), '--lock', 'lock.yaml'];
    const { code, stdout, stderr } = await run(node, args, { cwd, input: POD });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });

  test('pindrift-krm pins, with every reader and library that it can need', async () => {
    const anchored = POD.replace('nginx:1.27', '&image nginx:1.27');
    const lock = `# a comment\n${LOCK.replace('spec:', 'spec:\n  ignore: [{pattern: "quay.io/**", reason: ours}]')}`;
    const cwd = workFolder({ 'lock.yaml': lock, 'pod.yaml': anchored });
    const args = [program('pindrift-krm'), 'lock.yaml', 'pod.yaml'];
    const { code, stdout, stderr } = await run(node, args, { cwd });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(anchored.replace('nginx:1.27', `nginx:1.27@${DIGEST}`));
  });

  test('a failure is told', async () => {
    const cwd = workFolder({ 'lock.yaml': LOCK });
    const args = [program('pindrift-helm'), '--lock', 'lock.yaml', '--report', 'report.json'];
    const input = POD.replace('1.27', '1.28');
    const { code, stdout, stderr } = await run(node, args, { cwd, input });
    expect(code).toBe(1);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('nginx:1.28 has no entry in lock.yaml');
  });

  const old = Number(version.split('.')[0]) < 22;

  test(`mode resolve ${old ? 'says which Node it needs' : 'asks the registry'}`, async () => {
    const input = POD.replace('nginx:1.27', '127.0.0.1:1/team/app:v1');
    const args = [program('pindrift-helm'), '--mode', 'resolve', '--lock', 'lock.yaml'];
    const cwd = workFolder({ 'lock.yaml': LOCK });
    const { code, stdout, stderr } = await run(node, args, { cwd, input });
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    if (old)
      expect(stderr).toMatch(
        /^pindrift-helm: mode resolve needs Node 22.19 or newer; this is v20\.[^\n]*\n$/,
      );
    else expect(stderr).toContain('unresolvable');
  });

  const modern = Number(version.split('.')[0]) >= 24;

  test.each(['pindrift', 'pindrift-scanner'])(
    modern ? '%s runs' : '%s says in one line which Node it needs',
    async (name) => {
      const { code, stdout, stderr } = await run(node, [program(name), '--version']);
      expect(code).toBe(modern ? 0 : 2);
      if (modern) expect(stdout.toString().trim()).toBe(readManifest().version);
      else expect(stderr).toBe(`${name} needs Node 24.15 or newer; this is v${version}\n`);
    },
  );
});

describe('without any permission but to read its own files and the lock', () => {
  const newest = nodeBinary(NODE_VERSIONS[NODE_VERSIONS.length - 1] ?? '');

  function confined(cwd: string, ...args: string[]): Promise<Outcome> {
    // Since Node 25 this takes the network away too.
    const allowed = [join(installed, 'lib/*'), join(cwd, 'lock.yaml')].map(
      (path) => `--allow-fs-read=${path}`,
    );
    const entry = join(installed, 'lib/node_modules/pindrift/dist/pindrift-helm/pindrift-helm.cjs');
    return run(newest, ['--permission', ...allowed, entry, ...args], { cwd, input: POD });
  }

  test('a locked render pins', async () => {
    const cwd = workFolder({ 'lock.yaml': LOCK });
    const { code, stdout, stderr } = await confined(cwd, '--lock', join(cwd, 'lock.yaml'));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });

  test('what is not allowed is refused, so that the test above means something', async () => {
    const cwd = workFolder({ 'lock.yaml': LOCK, 'other.yaml': LOCK });
    const { code, stderr } = await confined(cwd, '--lock', join(cwd, 'other.yaml'));
    expect(code).toBe(2);
    expect(stderr).toContain('other.yaml could not be read');
  });
});

describe('the Helm plugin', () => {
  test('is installed from its tarball, and pins', async () => {
    const home = workFolder();
    const env = {
      HELM_DATA_HOME: join(home, 'data'),
      HELM_CONFIG_HOME: join(home, 'config'),
      HELM_CACHE_HOME: join(home, 'cache'),
      HELM_PLUGINS: join(home, 'data/plugins'),
      PINDRIFT_LOCK: join(home, 'images.lock.yaml'),
    };
    const cwd = workFolder({
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/templates/pod.yaml': POD,
    });
    cpSync(join(workFolder({ 'images.lock.yaml': LOCK }), 'images.lock.yaml'), env.PINDRIFT_LOCK);
    const helm = (...args: string[]): Promise<Outcome> => run(client('helm4'), args, { cwd, env });

    const install = await helm('plugin', 'install', packed.helmPlugin, '--verify=false');
    expect(install.code, install.stderr).toBe(0);
    const { code, stdout, stderr } = await helm(
      'template',
      'w',
      'web',
      '--post-renderer',
      'pindrift-helm',
    );

    expect(code, stderr).toBe(0);
    expect(stdout.toString()).toContain(`nginx:1.27@${DIGEST}`);
    const list = await helm('plugin', 'list');
    expect(list.stdout.toString()).toMatch(
      new RegExp(`^pindrift-helm\\s+${readManifest().version}\\s`, 'm'),
    );
  });
});
