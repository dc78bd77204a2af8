import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import {
  CHART,
  helmHome,
  identity,
  LOCK,
  NGINX,
  PROGRAM,
  pathWithProgram,
  REDIS,
  unpinned,
} from './testing/fixture.ts';

const RENDERER = ['--post-renderer', 'pindrift-helm'];
const WITH_LOCK = [
  ...RENDERER,
  '--post-renderer-args=--lock',
  '--post-renderer-args=images.lock.yaml',
];

function helm(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const all = { ...helmHome(), PATH: pathWithProgram(), ...env };
  return run(client('helm3'), args, { cwd, env: all });
}

describe('helm 3 template', () => {
  test('pins the chart and its sub-chart, and keeps every other byte and comment', async () => {
    const folder = workFolder(CHART);
    const { code, stdout, stderr } = await helm(folder, ['template', 'w', 'web', ...WITH_LOCK]);
    const plain = await helm(folder, ['template', 'w', 'web', '--post-renderer', identity()]);

    expect(stderr).toBe('');
    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).toContain(`image: "nginx:1.27@${NGINX}"\n`);
    expect(text).toContain(`image: registry.example/team/redis:7.2@${REDIS}\n`);
    expect(text).toContain('# Source: web/charts/cache/templates/cache.yaml\n');
    expect(text).toContain('- name: web   # the only one\n');
    expect(unpinned(stdout)).toBe(plain.stdout.toString('latin1'));
  });

  test('takes the program by its path, and the lock from the environment', async () => {
    const folder = workFolder(CHART);
    const args = ['template', 'w', 'web', '--post-renderer', PROGRAM];
    const { code, stdout } = await helm(folder, args, {
      PINDRIFT_LOCK: join(folder, 'images.lock.yaml'),
    });
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`image: "nginx:1.27@${NGINX}"\n`);
  });

  test('hands no hooks to a post-renderer, so they stay as they are', async () => {
    const folder = workFolder(CHART);
    const { stdout } = await helm(folder, ['template', 'w', 'web', ...WITH_LOCK]);
    expect(stdout.toString()).toContain('{name: migrate, image: "busybox:1.36"}');
  });

  test('renders a chart without manifests to nothing', async () => {
    const folder = workFolder(CHART);
    const { code, stdout, stderr } = await helm(folder, ['template', 'w', 'empty', ...WITH_LOCK]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString().trim()).toBe('');
  });

  test('writes its files with --output-dir, which it does not hand to a post-renderer', async () => {
    const folder = workFolder(CHART);
    const args = ['template', 'w', 'web', '--output-dir', 'out', ...WITH_LOCK];
    const { code } = await helm(folder, args);
    expect(code).toBe(0);
    const written = readFileSync(join(folder, 'out/web/templates/web.yaml'), 'utf8');
    expect(written).toContain('image: "nginx:1.27"\n');
  });

  test('fails with our words when the lock lacks an image', async () => {
    const folder = workFolder({ ...CHART, 'web/values.yaml': 'image: ghcr.io/acme/api:2.0\n' });
    const { code, stdout, stderr } = await helm(folder, ['template', 'w', 'web', ...WITH_LOCK]);
    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('Deployment web, spec.template.spec.containers[0].image');
    expect(stderr).toContain('ghcr.io/acme/api:2.0 has no entry in images.lock.yaml');
    expect(stderr).toContain('pindrift lock');
  });

  test('keeps what the lock lacks when it is told to', async () => {
    const folder = workFolder({ ...CHART, 'web/values.yaml': 'image: ghcr.io/acme/api:2.0\n' });
    const keep = [...WITH_LOCK, '--post-renderer-args=--on-missing=keep'];
    const { code, stdout } = await helm(folder, ['template', 'w', 'web', ...keep]);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('image: "ghcr.io/acme/api:2.0"\n');
    expect(stdout.toString()).toContain(`redis:7.2@${REDIS}`);
  });

  test('fails when nobody says which lock', async () => {
    const folder = workFolder(CHART);
    const { code, stdout, stderr } = await helm(folder, ['template', 'w', 'web', ...RENDERER]);
    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('pass --lock FILE or set PINDRIFT_LOCK');
  });

  test('fails when the lock is broken, with file and line', async () => {
    const folder = workFolder({
      ...CHART,
      'images.lock.yaml': LOCK.replace('digest: sha', 'digest: sho'),
    });
    const { code, stderr } = await helm(folder, ['template', 'w', 'web', ...WITH_LOCK]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('images.lock.yaml:8:');
  });

  test('leaves a record of what it rendered instead of failing', async () => {
    const folder = workFolder({ ...CHART, 'web/values.yaml': 'image: ghcr.io/acme/api:2.0\n' });
    const record = join(folder, 'record');
    const env = { PINDRIFT_RECORD: record };
    const { code, stdout } = await helm(folder, ['template', 'w', 'web', ...RENDERER], env);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('image: "ghcr.io/acme/api:2.0"\n');
    expect(readFileSync(record, 'utf8')).toContain('ghcr.io/acme/api:2.0');
  });
});

describe('what helm 3 writes', () => {
  test('is accepted by kubeconform, against small strict schemas of our own', async () => {
    const folder = workFolder(CHART);
    const { stdout } = await helm(folder, ['template', 'w', 'web', '--no-hooks', ...WITH_LOCK]);
    const schemas = join(import.meta.dirname, '../testdata/schemas/{{.ResourceKind}}.json');
    const checked = await run(
      client('kubeconform'),
      ['-strict', '-summary', '-schema-location', schemas, '-'],
      { input: stdout },
    );
    expect(checked.stdout.toString()).toContain('Valid: 2, Invalid: 0, Errors: 0, Skipped: 0');
    expect(checked.code).toBe(0);
  });
});
