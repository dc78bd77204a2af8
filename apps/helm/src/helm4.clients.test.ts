import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { BUSYBOX, CHART, helmHome, NGINX, PLUGIN, REDIS, unpinned } from './testing/fixture.ts';

const RENDERER = ['--post-renderer', 'pindrift-helm'];
const WITH_LOCK = [
  ...RENDERER,
  '--post-renderer-args=--lock',
  '--post-renderer-args=images.lock.yaml',
];

/** A Helm with our plugin, and with one that changes nothing, in folders of its own. */
async function helmWithPlugins(): Promise<(cwd: string, ...args: string[]) => Promise<Outcome>> {
  const env = helmHome();
  const helm = (cwd: string, ...args: string[]): Promise<Outcome> =>
    run(client('helm4'), args, { cwd, env });
  const identity = workFolder({ 'identity/plugin.yaml': IDENTITY });
  for (const folder of [PLUGIN, join(identity, 'identity')]) {
    const { code, stderr } = await helm(identity, 'plugin', 'install', folder);
    expect(code, stderr).toBe(0);
  }
  return helm;
}

const IDENTITY = `apiVersion: v1
type: postrenderer/v1
name: identity
version: 1.0.0
runtime: subprocess
runtimeConfig:
  platformCommand:
  - command: cat
`;

describe('helm 4 template', () => {
  test('pins the chart, its sub-chart and its hooks, and changes nothing else', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();

    const { code, stdout } = await helm(folder, 'template', 'w', 'web', ...WITH_LOCK);
    const plain = await helm(folder, 'template', 'w', 'web', '--post-renderer', 'identity');

    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).toContain(`image: "nginx:1.27@${NGINX}"\n`);
    expect(text).toContain(`image: registry.example/team/redis:7.2@${REDIS}\n`);
    expect(text).toContain(`image: "busybox:1.36@${BUSYBOX}"`);
    expect(text).toContain('# Source: web/templates/web.yaml\n');
    expect(text).not.toContain('postrender-filename');
    expect(unpinned(stdout)).toBe(plain.stdout.toString('latin1'));
  });

  test('pins what it writes with --output-dir', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();
    const args = ['template', 'w', 'web', '--output-dir', 'out', ...WITH_LOCK];
    const { code } = await helm(folder, ...args);
    expect(code).toBe(0);
    const written = readFileSync(join(folder, 'out/web/templates/web.yaml'), 'utf8');
    expect(written).toContain(`image: "nginx:1.27@${NGINX}"\n`);
  });

  test('accepts our answer for a chart without manifests', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();
    const { code, stderr, stdout } = await helm(folder, 'template', 'w', 'empty', ...WITH_LOCK);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).not.toContain('kind:');
  });

  test('hides what a plugin says, so a failure is read in the report', async () => {
    const folder = workFolder({ ...CHART, 'web/values.yaml': 'image: ghcr.io/acme/api:2.0\n' });
    const helm = await helmWithPlugins();
    const report = ['--post-renderer-args=--report', '--post-renderer-args=report.json'];

    const outcome = await helm(folder, 'template', 'w', 'web', ...WITH_LOCK, ...report);

    expect(outcome.code).not.toBe(0);
    expect(outcome.stdout.toString()).toBe('');
    expect(outcome.stderr).not.toContain('ghcr.io');
    const written = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as unknown;
    expect(written).toMatchObject({
      findings: [{ code: 'not-locked', kind: 'Deployment', name: 'web' }],
      summary: { errors: 1 },
    });
  });

  test('says in the report, too, that the lock could not be read', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();
    rmSync(join(folder, 'images.lock.yaml'));
    const report = ['--post-renderer-args=--report', '--post-renderer-args=report.json'];

    const { code } = await helm(folder, 'template', 'w', 'web', ...WITH_LOCK, ...report);

    expect(code).not.toBe(0);
    const written = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as object;
    expect(written).toHaveProperty('error', expect.stringContaining('images.lock.yaml'));
  });
});

describe('helm 4 install', () => {
  test('pins hooks and manifests of a dry run without a cluster', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();

    const { code, stdout, stderr } = await helm(
      folder,
      ...['install', 'w', 'web', '--dry-run=client', ...WITH_LOCK],
    );

    expect(code, stderr).toBe(0);
    const text = stdout.toString();
    expect(text.slice(text.indexOf('HOOKS:'))).toContain(`busybox:1.36@${BUSYBOX}`);
    expect(text.slice(text.indexOf('MANIFEST:'))).toContain(`nginx:1.27@${NGINX}`);
  });
});

describe('what helm 4 writes', () => {
  test('is accepted by kubeconform, against small strict schemas of our own', async () => {
    const folder = workFolder(CHART);
    const helm = await helmWithPlugins();
    const { stdout } = await helm(folder, 'template', 'w', 'web', ...WITH_LOCK);
    const schemas = join(import.meta.dirname, '../testdata/schemas/{{.ResourceKind}}.json');
    const args = ['-strict', '-summary', '-schema-location', schemas, '-'];
    const checked = await run(client('kubeconform'), args, { input: stdout });
    expect(checked.stdout.toString()).toContain('Valid: 3, Invalid: 0, Errors: 0, Skipped: 0');
    expect(checked.code).toBe(0);
  });
});
