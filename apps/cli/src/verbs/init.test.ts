import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

test('a configuration and the lock are written, and nothing is overwritten the second time', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  await using folder = await workFolder({
    'a.yaml': deployment('a', registry.reference('app', 'v1')),
  });
  const first = await folder.run('init');
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('wrote pindrift.yaml\n');
  expect(first.stdout).toContain('1 image in the lock\n');
  const lock = await folder.read('images.lock.yaml');
  expect(lock).toContain(registry.reference('app', 'v1'));
  expect(await folder.run('check', '--fail-on', 'none')).toMatchObject({ code: 0 });

  await folder.write('pindrift.yaml', 'ignore: []\n');
  registry.forget();
  const second = await folder.run('init', '--format', 'json');
  expect(readDocument(second.stdout)).toMatchObject({
    written: [],
    kept: ['pindrift.yaml', expect.any(String)],
  });
  expect(await folder.read('pindrift.yaml')).toBe('ignore: []\n');
  expect(await folder.read('images.lock.yaml')).toBe(lock);
  expect(registry.requests).toEqual([]);
});

test('each way of rendering is told what to add where: the outermost kustomization, charts, kpt packages', async () => {
  await using folder = await workFolder({
    'k8s/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'k8s/base/deployment.yaml': deployment('a'),
    'k8s/overlays/prod/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../extra]\n',
    'k8s/extra/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    'charts/web/Chart.yaml': 'name: web\n',
    'charts/web/charts/sub/Chart.yaml': 'name: sub\n',
    'pkg/Kptfile': 'kind: Kptfile\n',
  });
  const { stdout, code } = await folder.run('init', '--offline');
  expect(code).toBe(0);
  expect(stdout).toContain(
    'Add to k8s/overlays/prod/kustomization.yaml:\n  transformers:\n  - pin-images.yaml\n',
  );
  expect(stdout).toContain('lock: ../../../images.lock.yaml');
  expect(stdout).not.toContain('k8s/base');
  expect(stdout).not.toContain('k8s/extra');
  expect(stdout).toContain(
    'helm template RELEASE ./charts/web | pindrift lock --lock images.lock.yaml -',
  );
  expect(stdout).not.toContain('charts/sub');
  expect(stdout).toContain('kpt fn eval pkg --exec pindrift-krm --fn-config images.lock.yaml');
});

test('a kustomization beside the lock lists the lock itself', async () => {
  await using folder = await workFolder({ 'kustomization.yaml': 'resources: []\n', Kptfile: '' });
  const { stdout } = await folder.run('init', '--offline');
  expect(stdout).toContain('Add to kustomization.yaml:\n  transformers:\n  - images.lock.yaml\n');
  expect(stdout).toContain('configPath: images.lock.yaml');
});

test('a folder that is named is where everything is written', async () => {
  await using folder = await workFolder({ 'k8s/a.yaml': deployment('a') });
  expect(await folder.run('init', '--offline', 'k8s')).toMatchObject({ code: 0 });
  expect(await folder.read('k8s/pindrift.yaml')).toContain('# ');
  expect(await folder.read('k8s/images.lock.yaml')).toContain('kind: ImageLock');
  const missing = await folder.run('init', 'none');
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain('none: there is no such folder');
});
