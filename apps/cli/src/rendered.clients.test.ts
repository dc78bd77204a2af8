import { chmod } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { image, startRegistry } from '@pindrift/testing';
import { client, run } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { type WorkFolder, workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';

const APPS = resolve(import.meta.dirname, '../..');

/** The programs as they are shipped; `npm run build` makes them. */
const PROGRAMS = {
  pindrift: 'cli/dist/pindrift.cjs',
  'pindrift-krm': 'kustomize/dist/pindrift-krm.cjs',
  'pindrift-helm': 'helm/dist/pindrift-helm.cjs',
};

/** Runs a line of shell with our programs and one of the real ones on PATH. */
async function shell(folder: WorkFolder, program: string, line: string) {
  for (const [name, file] of Object.entries(PROGRAMS)) {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${join(APPS, file)}' "$@"\n`;
    await chmod(await folder.write(`.bin/${name}`, script), 0o755);
  }
  const places = [join(folder.path, '.bin'), dirname(client(program)), process.env.PATH];
  const env = { PATH: places.join(delimiter), HOME: folder.path, XDG_CACHE_HOME: '' };
  const { code, stdout, stderr } = await run('bash', ['-o', 'pipefail', '-c', line], {
    cwd: folder.path,
    env,
  });
  return { code, stdout: String(stdout), stderr };
}

test('what kustomize renders is locked through the function itself, and then comes out pinned', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': deployment('a', `${registry.host}/app:replaced`),
    'prod/kustomization.yaml': `resources: [../base]
images: [{name: "${registry.host}/app", newTag: v1}]
transformers: [images.lock.yaml]
`,
  });
  const build = 'kustomize build --enable-alpha-plugins --enable-exec prod';
  await shell(folder, 'kustomize', 'cd prod && pindrift init --offline');

  const lock = `pindrift lock --lock prod/images.lock.yaml --render '${build}'`;
  expect(await shell(folder, 'kustomize', lock)).toMatchObject({ code: 0 });

  const rendered = await shell(folder, 'kustomize', build);
  expect(rendered.stdout).toContain(`image: ${app}@${digest}\n`);
  const check = `${build} | pindrift check --lock prod/images.lock.yaml -`;
  expect(await shell(folder, 'kustomize', check)).toMatchObject({
    code: 0,
    stdout: '1 image: 1 pinned\n',
  });
});

test('the first lock of a kustomization that lists it already', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({
    'prod/a.yaml': deployment('a', app),
    'prod/kustomization.yaml': 'resources: [a.yaml]\ntransformers: [images.lock.yaml]\n',
  });
  const build = 'kustomize build --enable-alpha-plugins --enable-exec prod';

  const elsewhere = await shell(folder, 'kustomize', `pindrift lock --render '${build}'`);
  expect(elsewhere).toMatchObject({ code: 2, stdout: '' });
  expect(elsewhere.stderr).toContain('add --lock prod/images.lock.yaml');

  const lock = `pindrift lock --lock prod/images.lock.yaml --render '${build}'`;
  expect(await shell(folder, 'kustomize', lock)).toMatchObject({ code: 0 });
  const rendered = await shell(folder, 'kustomize', build);
  expect(rendered.stdout).toContain(`image: ${app}@${digest}\n`);
});

test('what Helm renders is locked from its output and through the post-renderer alike', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'chart/values.yaml': `image: ${app}\n`,
    'chart/templates/web.yaml': deployment('web', '{{ .Values.image }}'),
  });
  const template = 'helm template web ./chart';
  const renderer = '--post-renderer pindrift-helm --post-renderer-args=--lock --post-renderer-args';

  const piped = await shell(folder, 'helm3', `${template} | pindrift lock --lock piped.yaml -`);
  expect(piped).toMatchObject({ code: 0 });
  const lock = `pindrift lock --lock through.yaml --render '${template} ${renderer}=through.yaml'`;
  expect(await shell(folder, 'helm3', lock)).toMatchObject({ code: 0 });
  expect(await folder.read('through.yaml')).toBe(await folder.read('piped.yaml'));

  const rendered = await shell(folder, 'helm3', `${template} ${renderer}=through.yaml`);
  expect(rendered).toMatchObject({ code: 0 });
  expect(rendered.stdout).toContain(`${app}@${digest}`);
});

test('resolve prints the digest that crane prints', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder();
  const ours = await shell(folder, 'crane', `pindrift resolve ${app}`);
  const theirs = await shell(folder, 'crane', `crane digest ${app}`);
  expect(ours).toMatchObject({ code: 0, stdout: `${digest}\n` });
  expect(theirs.stdout).toBe(ours.stdout);
});

test('doctor sees the plugin that Helm 4 has installed, and that Helm 3 stumbles over it', async () => {
  await using folder = await workFolder();
  const plugin = join(APPS, 'helm/dist/plugin');
  const home = `export HOME="$PWD/home" && mkdir -p home`;
  const line = `${home} && cp -r '${plugin}' pindrift-helm && helm plugin install --verify=false ./pindrift-helm`;
  expect(await shell(folder, 'helm4', line)).toMatchObject({ code: 0 });
  const about = async (helm: string) => {
    const { stdout } = await shell(folder, helm, `${home} && pindrift doctor --format json`);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string }[] };
    return checks.find(({ name }) => name === 'helm plugin');
  };
  expect(await about('helm4')).toMatchObject({
    status: 'note',
    found: expect.stringMatching(/^\d+\.\d+\.\d+ in /),
  });
  expect(await about('helm3')).toMatchObject({ status: 'problem' });
});

test('doctor finds the real programs and names their versions', async () => {
  await using folder = await workFolder();
  for (const [program, name] of [
    ['kustomize', 'kustomize'],
    ['helm3', 'helm'],
  ] as const) {
    const { stdout } = await shell(folder, program, 'pindrift doctor --format json');
    const { checks } = JSON.parse(stdout) as { checks: { name: string; found: string }[] };
    expect(checks.find((check) => check.name === name)?.found).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
