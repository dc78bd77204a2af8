import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

interface Check {
  readonly area: string;
  readonly name: string;
  readonly status: string;
  readonly found: string;
  readonly notes: readonly string[];
}

const PASSWORD = 'correct-horse-battery';

async function doctor(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; text: string; checks: readonly Check[] }> {
  await using folder = await workFolder(files);
  for (const name of Object.keys(files)) {
    if (name.startsWith('bin/')) await chmod(join(folder.path, name), 0o755);
  }
  const options = { env: { PATH: `${folder.path}/bin:/usr/bin:/bin`, ...env } };
  const json = await folder.runWith(options, 'doctor', '--format', 'json');
  const table = await folder.runWith(options, 'doctor');
  const { checks } = readDocument(json.stdout) as unknown as { checks: readonly Check[] };
  return { code: json.code, text: table.stdout + table.stderr + json.stdout, checks };
}

function program(prints: string): string {
  return `#!/bin/sh\necho '${prints}'\n`;
}

test('programs are found with their versions and the limits of these versions', async () => {
  const { checks } = await doctor({
    'bin/kustomize': program('v4.5.7'),
    'bin/helm': program('v3.21.4+g1234567'),
    'bin/kpt': program('who knows'),
  });
  const by = new Map(checks.map((check) => [check.name, check]));
  expect(by.get('kustomize')).toMatchObject({ status: 'problem', found: '4.5.7' });
  expect(by.get('kustomize')?.notes.join()).toContain('--enable-exec');
  expect(by.get('helm')).toMatchObject({ status: 'note', found: '3.21.4' });
  expect(by.get('helm')?.notes.join()).toContain('hooks and tests are not sent');
  expect(by.get('helm')?.notes.join()).not.toContain('plugin');
  expect(by.get('kpt')).toMatchObject({ found: 'unknown version' });
  expect(by.get('pindrift-krm')).toMatchObject({ status: 'missing' });
  expect(by.get('node')).toMatchObject({ status: 'fine', found: process.version });
});

/** A Helm that lists what it is told to, and looks for plugins in a folder of the test's own. */
function helm(version: string, listed: string): string {
  return `#!/bin/sh
case "$*" in
  version*) echo '${version}' ;;
  'env HELM_PLUGINS') echo "$PWD/plugins" ;;
  'plugin list') printf 'NAME\\tVERSION\\n${listed}' ;;
esac
`;
}

const PLUGIN = `apiVersion: v1
type: postrenderer/v1
name: pindrift-helm
version: 0.1.0
runtime: subprocess
runtimeConfig:
  platformCommand:
  - command: node \${HELM_PLUGIN_DIR}/bin/pindrift-helm.cjs
`;

test.each([
  [
    '4.2.4',
    'is not installed',
    {},
    { status: 'missing', found: 'not in ', note: 'helm plugin install' },
  ],
  [
    '4.2.4',
    'is installed and listed',
    { 'plugins/p/plugin.yaml': PLUGIN, 'plugins/p/bin/pindrift-helm.cjs': '' },
    { status: 'note', found: '0.1.0 in ', note: 'Helm 3 reads the same folder' },
  ],
  [
    '4.2.4',
    'has lost its program',
    { 'plugins/p/plugin.yaml': PLUGIN },
    { status: 'problem', found: 'bin/pindrift-helm.cjs is not there', note: 'install the plugin' },
  ],
  [
    '3.21.4',
    'is in the folder of Helm 3',
    { 'plugins/p/plugin.yaml': PLUGIN },
    { status: 'problem', found: 'a plugin for Helm 4', note: 'Helm 3 needs no plugin' },
  ],
])('Helm %s: the plugin %s', async (version, _, files, { status, found, note }) => {
  const program = helm(version, 'pindrift-helm\\t0.1.0\\n');
  const { checks } = await doctor({ 'bin/helm': program, ...files });
  const plugin = checks.find(({ name }) => name === 'helm plugin');
  expect(plugin).toMatchObject({ status, found: expect.stringContaining(found) });
  expect(plugin?.notes.join('\n')).toContain(note);
});

test('a plugin that Helm 4 cannot read is a problem, and Helm 3 without one has nothing to say', async () => {
  const broken = { 'plugins/pindrift-helm/plugin.yaml': 'nmae: [\n' };
  const unread = await doctor({ 'bin/helm': helm('v4.2.4', ''), ...broken });
  expect(unread.checks.find(({ name }) => name === 'helm plugin')).toMatchObject({
    status: 'problem',
    found: expect.stringContaining('Helm does not load it'),
  });
  const three = await doctor({ 'bin/helm': helm('v3.21.4', '') });
  expect(three.checks.find(({ name }) => name === 'helm plugin')).toBeUndefined();
});

test('credentials are named by where they come from, and never shown', async () => {
  const auth = Buffer.from(`someone:${PASSWORD}`).toString('base64');
  const { checks, text } = await doctor(
    {
      '.docker/config.json': JSON.stringify({ auths: { 'ghcr.io': { auth } } }),
      'a.yaml': deployment('a', 'ghcr.io/acme/app:v1', 'quay.io/acme/app:v1'),
    },
    { HTTPS_PROXY: `http://someone:${PASSWORD}@proxy.internal:3128` },
  );
  const by = new Map(checks.map((check) => [check.name, check]));
  const logins = new Map(
    checks.filter(({ area }) => area === 'credentials').map((check) => [check.name, check]),
  );
  expect(logins.get('ghcr.io')?.found).toMatch(/^from .*config\.json/);
  expect(logins.get('quay.io')).toMatchObject({ found: 'none: asked anonymously' });
  expect(by.get('HTTPS_PROXY')).toMatchObject({
    found: 'http://proxy.internal:3128 (with credentials)',
  });
  expect(text).not.toContain(PASSWORD);
  expect(text).not.toContain(auth);
});

test('what a locked render would stop at is a problem, and so is a configuration that is wrong', async () => {
  const missing = await doctor({ 'a.yaml': deployment('a', 'nginx:1.27') });
  expect(missing.code).toBe(1);
  const lock = missing.checks.find(({ name }) => name === 'lock');
  expect(lock).toMatchObject({ status: 'problem' });
  expect(lock?.notes.join()).toContain('docker.io/library/nginx:1.27');

  const wrong = await doctor({ 'pindrift.yaml': 'ignores: []\n' });
  expect(wrong.code).toBe(1);
  expect(wrong.text).toContain('did you mean ignore?');
});

test('an image in a resource of a kind that is not known stops no render, and is a note', async () => {
  const worker = 'apiVersion: example.com/v1\nkind: Worker\nspec: {image: "nginx:1.27"}\n';
  const { code, checks } = await doctor({ 'a.yaml': worker });
  expect(code).toBe(0);
  expect(checks.find(({ name }) => name === 'lock')).toMatchObject({ status: 'fine' });
  expect(checks.find(({ name }) => name === 'guesses')).toEqual({
    area: 'folder',
    name: 'guesses',
    status: 'note',
    found: '1 value in kinds that are not known',
    notes: [
      'if it is one, add it to fields in pindrift.yaml: {group: example.com, kind: Worker, path: spec.image}',
    ],
  });
});
