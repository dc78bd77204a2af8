import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

test('every image of a folder is listed with its place, and the lock itself is none', async () => {
  await using folder = await workFolder({
    'k8s/a.yaml': deployment('a', 'nginx:1.27', 'redis'),
    'k8s/b.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ image: 'busybox' }] },
    }),
    'notes.txt': deployment('no', 'nginx'),
    'images.lock.yaml': `apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec: {images: [{image: "docker.io/library/x:1", digest: "sha256:${'0'.repeat(64)}"}]}\n`,
  });
  const said = await folder.run('find');
  expect(said).toEqual({
    code: 0,
    stderr: '',
    stdout: `PLACE             IMAGE       STATE      RESOURCE
k8s/a.yaml:10:16  nginx:1.27  no digest  Deployment a
k8s/a.yaml:12:16  redis       no digest  Deployment a
k8s/b.json:1:65   busybox     no digest  Pod
`,
  });
});

test('stdin is read where a dash stands, and JSON is what its schema says', async () => {
  await using folder = await workFolder();
  const input = deployment('a', 'nginx:1.27');
  const { code, stdout } = await folder.runWith({ input }, 'find', '-', '--format=json');
  expect(code).toBe(0);
  const { images, findings } = readDocument(stdout);
  expect(findings).toEqual([]);
  expect(images).toMatchObject([
    {
      file: '-',
      text: 'nginx:1.27',
      reference: 'docker.io/library/nginx:1.27',
      line: 10,
      column: 16,
    },
  ]);
});

test('a dash stands alone, and a path must be there', async () => {
  await using folder = await workFolder({ 'a.yaml': '' });
  expect(await folder.run('find', '-', 'a.yaml')).toMatchObject({ code: 2, stdout: '' });
  const missing = await folder.run('find', 'a.yaml', 'b.yaml');
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toBe('pindrift: b.yaml: there is no such file or folder\n');
});

test('what git ignores is left out unless asked for', async () => {
  await using folder = await workFolder({
    'a.yaml': deployment('a', 'nginx'),
    'node_modules/b.yaml': deployment('b', 'redis'),
  });
  expect((await folder.run('find')).stdout).not.toContain('redis');
  expect((await folder.run('find', '--no-ignore')).stdout).toContain('redis');
});

test('a broken document is said to be unknown, and what the others hold is still listed', async () => {
  const broken = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: nginx}\n';
  await using folder = await workFolder({ 'a.yaml': `${deployment('a', 'nginx')}---\n${broken}` });
  const said = await folder.run('find');
  expect(said.code).toBe(2);
  expect(said.stdout).toContain('nginx');
  expect(said.stderr).toMatch(/a\.yaml:\d+:\d+: error: unreadable: /);
});

test('in the templates of a chart, what is written out is found, and the rest is templated', async () => {
  await using folder = await workFolder({
    'job.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
spec:
  template:
    spec:
      containers:
      {{- if .Values.wait }}
      - name: wait
        image: busybox:1.36
      {{- end }}
      - name: migrate
        image: {{ .Values.image }}
`,
  });
  const chart = join(import.meta.dirname, '../../../../examples/helm/shop/templates');
  for (const name of await readdir(chart)) {
    await folder.write(`shop/${name}`, await readFile(join(chart, name)));
  }
  for (const verb of ['find', 'check']) {
    const said = await folder.run(verb, '--format', 'json', '--fail-on', 'none');
    expect(said.code).toBe(0);
    const { images, findings } = readDocument(said.stdout);
    expect(images).toMatchObject([
      { file: 'job.yaml', line: 11, reference: 'docker.io/library/busybox:1.36' },
      { file: 'job.yaml', line: 14, text: '{{ .Values.image }}' },
      { file: 'shop/deployment.yaml', line: 20 },
      { file: 'shop/migrate.yaml', line: 14 },
    ]);
    const templated = { code: 'templated', severity: 'warning' };
    const [last = {}, ...others] = (findings as readonly object[]).toReversed();
    expect([last, ...others.slice(0, 2)]).toMatchObject([templated, templated, templated]);
  }
  const rendered = await folder.runWith({ input: await folder.read('job.yaml') }, 'find', '-');
  expect(rendered.code).toBe(2);
  expect(rendered.stderr).toContain('unreadable');
});

test('a link out of the folder is not followed, and that is said', async () => {
  await using folder = await workFolder({
    'in/a.yaml': deployment('a', 'nginx'),
    'out/b.yaml': '',
  });
  await mkdir(join(folder.path, 'in/deep'));
  await symlink('../../out/b.yaml', join(folder.path, 'in/deep/b.yaml'));
  const said = await folder.run('find', 'in');
  expect(said).toMatchObject({ code: 0 });
  expect(said.stderr).toContain('in/deep/b.yaml: it is a link out of the folder');
  expect((await folder.run('find', 'in', '--quiet')).stderr).toBe('');
});

test('nothing in a name or a file reaches the terminal as an escape', async () => {
  const evil = '\u001b[2J\u009b31m\u202e';
  await using folder = await workFolder({
    [`a${evil}.yaml`]: deployment('a', `"nginx:${JSON.stringify(evil).slice(1, -1)}1"`),
    'b.yaml': deployment(JSON.stringify(`x${evil}`), 'redis'),
    'c.yaml': `kind: ${evil}\n: [`,
  });
  for (const argv of [
    ['find'],
    ['check'],
    ['pin', '--resolve', '--offline'],
    ['find', '--format', 'json'],
  ]) {
    const { stdout, stderr } = await folder.runWith({ isTTY: true }, ...argv, '--no-color', '-q');
    expect(stdout + stderr, argv.join(' ')).not.toMatch(/(?![\n\t])\p{Cc}|\u202e/u);
    expect(stdout + stderr).not.toBe('');
  }
});

test('a folder with thousands of files is read', async () => {
  const files = Array.from({ length: 3000 }, (_, at): [string, string] => [
    `f${at % 50}/m${at}.yaml`,
    deployment(`d${at}`, `nginx:${at}`),
  ]);
  await using folder = await workFolder(Object.fromEntries(files));
  const { stdout } = await folder.run('find', '--format', 'json');
  expect(readDocument(stdout).images).toHaveLength(3000);
});

test('an image that a rule exempts is shown as ignored', async () => {
  await using folder = await workFolder({
    'pindrift.yaml': 'ignore: [{pattern: "docker.io/library/nginx:*", reason: built here}]\n',
    'a.yaml': deployment('a', 'nginx:1.27', 'redis:7'),
  });
  const { stdout } = await folder.run('find', 'a.yaml');
  expect(stdout).toMatch(/nginx:1\.27 +ignored/);
  expect(stdout).toMatch(/redis:7 +no digest/);
});
