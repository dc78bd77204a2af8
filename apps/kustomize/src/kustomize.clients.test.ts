import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import {
  BUSYBOX,
  BY_NAME,
  deployment,
  lock,
  NGINX,
  PROGRAM,
  pathWith,
  REDIS,
  unpinned,
} from './testing/fixture.ts';

const BUILD = ['build', '--enable-alpha-plugins', '--enable-exec'];

function build(folder: string, ...more: readonly string[]): Promise<Outcome> {
  const env = { PATH: pathWith() };
  return run(client('kustomize'), [...BUILD, ...more, folder], { env });
}

/** What kustomize itself makes of the folder: the same function config, run by `cat`. */
async function buildUntouched(folder: string): Promise<string> {
  const env = { PATH: pathWith({ cat: '#!/bin/sh\nexec /bin/cat' }) };
  const { stdout } = await run(client('kustomize'), [...BUILD, folder], { env });
  return stdout.toString('latin1');
}

const KUSTOMIZATION = 'resources: [web.yaml]\ntransformers: [images.lock.yaml]\n';

describe('kustomize build', () => {
  test('pins with the function found by name on PATH, and changes nothing else', async () => {
    const files = {
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'nginx:1.27'),
    };
    const folder = workFolder({ ...files, 'images.lock.yaml': lock(BY_NAME) });
    const untouched = workFolder({ ...files, 'images.lock.yaml': lock('exec:\n  path: cat') });

    const { code, stdout, stderr } = await build(folder);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`image: nginx:1.27@${NGINX}\n`);
    expect(unpinned(stdout)).toBe(await buildUntouched(untouched));
  });

  test('pins with the function found by its path relative to the kustomization', async () => {
    const folder = workFolder({
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'nginx:1.27'),
      'images.lock.yaml': lock('exec:\n  path: ./bin/pin'),
      'bin/.keep': '',
    });
    symlinkSync(PROGRAM, join(folder, 'bin/pin'));

    const { code, stdout } = await run(client('kustomize'), [...BUILD, folder]);

    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`image: nginx:1.27@${NGINX}\n`);
  });

  test('pins bases, overlays and components with everything kustomize did to them', async () => {
    const folder = workFolder(LAYERS);

    const { code, stdout, stderr } = await build(join(folder, 'overlay'));

    expect(stderr).toBe('');
    expect(code).toBe(0);
    const text = stdout.toString();
    // images: of the same layer moved the base's 1.25 to 1.27
    expect(text).toContain(`image: nginx:1.27@${NGINX}\n`);
    // replacements: of the same layer wrote the component's image
    expect(text).toContain(`image: registry.example/team/redis:7.2@${REDIS}\n`);
    expect(text).toContain(`image: busybox:1.36@${BUSYBOX}\n`);
    expect(text).toContain('name: shop-web\n');
    const [, hashed] = /name: (shop-settings-[a-z0-9]{10})\n/.exec(text) ?? [];
    expect(hashed, 'the hash of the generated ConfigMap').toBeDefined();
    expect(text).toContain(`configMapRef:\n            name: ${hashed}\n`);
    expect(text).not.toContain('internal.config.kubernetes.io');
    expect(text).not.toContain('ImageLock');
  });

  test('is the same on every run', async () => {
    const folder = workFolder(LAYERS);
    const [first, second] = await Promise.all([
      build(join(folder, 'overlay')),
      build(join(folder, 'overlay')),
    ]);
    expect(first.code).toBe(0);
    expect(second.stdout).toEqual(first.stdout);
  });

  test('reads the lock that a PinImages names, relative to the kustomization', async () => {
    const folder = workFolder({
      'kustomization.yaml': 'resources: [web.yaml]\ntransformers: [pin.yaml]\n',
      'web.yaml': deployment('web', 'nginx:1.27'),
      'pin.yaml': `apiVersion: pindrift.dev/v1alpha1
kind: PinImages
metadata:
  name: pin
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: pindrift-krm
spec:
  lock: images.lock.yaml
`,
      'images.lock.yaml': lock(BY_NAME),
    });

    const { code, stdout, stderr } = await build(folder);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`image: nginx:1.27@${NGINX}\n`);
  });

  test('fails without a byte on stdout when the lock lacks an image, and says what to do', async () => {
    const folder = workFolder({
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'ghcr.io/acme/api:2.0'),
      'images.lock.yaml': lock(BY_NAME),
    });

    const { code, stdout, stderr } = await build(folder);

    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('not-locked');
    expect(stderr).toContain('Deployment web, spec.template.spec.containers[0].image');
    expect(stderr).toContain('ghcr.io/acme/api:2.0');
    expect(stderr).toContain('pindrift lock');
  });

  test('fails without a byte on stdout when the lock is wrong, and names the nearest key', async () => {
    const folder = workFolder({
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'nginx:1.27'),
      'images.lock.yaml': lock(BY_NAME).replace('  images:', '  image:'),
    });

    const { code, stdout, stderr } = await build(folder);

    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('did you mean images?');
  });

  test('leaves a record of what was rendered instead of failing', async () => {
    const folder = workFolder({
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'ghcr.io/acme/api:2.0'),
      'images.lock.yaml': lock(BY_NAME),
    });
    const env = { PATH: pathWith(), PINDRIFT_RECORD: join(folder, 'record') };

    const { code, stdout } = await run(client('kustomize'), [...BUILD, folder], { env });

    expect(code).toBe(0);
    expect(stdout.toString()).toContain('image: ghcr.io/acme/api:2.0\n');
  });

  test('writes the report that its environment names', async () => {
    const folder = workFolder({
      'kustomization.yaml': KUSTOMIZATION,
      'web.yaml': deployment('web', 'ghcr.io/acme/api:2.0'),
      'images.lock.yaml': lock(BY_NAME),
    });
    const report = join(folder, 'report.json');
    const env = { PATH: pathWith(), PINDRIFT_REPORT: report };

    await run(client('kustomize'), [...BUILD, folder], { env });

    const { default: written } = (await import(report, { with: { type: 'json' } })) as {
      default: { findings: { code: string; reference: string }[] };
    };
    expect(written.findings).toMatchObject([
      { code: 'not-locked', reference: 'ghcr.io/acme/api:2.0' },
    ]);
  });
});

describe('what kustomize writes', () => {
  test('is accepted by kubeconform, against small strict schemas of our own', async () => {
    const folder = workFolder(LAYERS);
    const { stdout } = await build(join(folder, 'overlay'));
    const schemas = join(import.meta.dirname, '../testdata/schemas/{{.ResourceKind}}.json');

    const outcome = await run(
      client('kubeconform'),
      ['-strict', '-summary', '-schema-location', schemas, '-'],
      { input: stdout },
    );

    expect(outcome.stdout.toString()).toContain('Valid: 5, Invalid: 0, Errors: 0, Skipped: 0');
    expect(outcome.code).toBe(0);
  });
});

/** A base, a component and an overlay that uses all that kustomize does to images and names. */
const LAYERS: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': `resources: [web.yaml, backup.yaml]
configMapGenerator:
- name: settings
  literals: [LEVEL=info]
`,
  'base/web.yaml': deployment('web', 'nginx:1.25'),
  'base/backup.yaml': `apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: backup
            image: busybox:1.36
`,
  'cache/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [cache.yaml]
`,
  'cache/cache.yaml': deployment('cache', 'placeholder'),
  'overlay/kustomization.yaml': `namePrefix: shop-
resources: [../base]
components: [../cache]
images:
- name: nginx
  newTag: "1.27"
configMapGenerator:
- name: versions
  literals: [cache=registry.example/team/redis:7.2]
replacements:
- source: {kind: ConfigMap, name: versions, fieldPath: data.cache}
  targets:
  - select: {kind: Deployment, name: cache}
    fieldPaths:
    - spec.template.spec.containers.[name=app].image
transformers: [images.lock.yaml]
`,
  'overlay/images.lock.yaml': lock(BY_NAME),
};
