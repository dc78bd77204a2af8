import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { BY_NAME, lock, NGINX, pathWith } from './testing/fixture.ts';

/** Laid out as kpt itself writes, so that whatever changes is ours. */
const WEB = `# the shop's front
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web # the only one
        image: "nginx:1.27" # moved by the release job
        args: ['--big', "9007199254740993"]
`;

const PINNED = WEB.replace('"nginx:1.27"', `"nginx:1.27@${NGINX}"`);

const KPTFILE = `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: shop
pipeline:
  mutators:
  - exec: pindrift-krm
    configPath: images.lock.yaml
`;

function kpt(cwd: string, ...args: string[]): Promise<Outcome> {
  return run(client('kpt'), args, { cwd, env: { PATH: pathWith() } });
}

describe('kpt fn eval', () => {
  const WITH_LOCK = ['--exec', 'pindrift-krm', '--fn-config', 'images.lock.yaml'];

  test('pins a package in place and keeps comments, quotes and big numbers', async () => {
    const folder = workFolder({ 'shop/web.yaml': WEB, 'images.lock.yaml': lock(BY_NAME) });
    const { code, stderr } = await kpt(folder, 'fn', 'eval', 'shop', ...WITH_LOCK);
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(PINNED);
  });

  test('changes nothing on a second run', async () => {
    const folder = workFolder({ 'shop/web.yaml': PINNED, 'images.lock.yaml': lock(BY_NAME) });
    const { code } = await kpt(folder, 'fn', 'eval', 'shop', ...WITH_LOCK);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(PINNED);
  });

  test('takes the name of the lock as a key and a value', async () => {
    const folder = workFolder({ 'shop/web.yaml': WEB, 'images.lock.yaml': lock(BY_NAME) });
    const { code, stderr } = await kpt(
      folder,
      ...['fn', 'eval', 'shop', '--exec', 'pindrift-krm', '--', 'lock=images.lock.yaml'],
    );
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(PINNED);
  });

  test('leaves the package alone without a lock, and says what to add', async () => {
    const folder = workFolder({ 'shop/web.yaml': WEB });
    const { code, stderr } = await kpt(folder, 'fn', 'eval', 'shop', '--exec', 'pindrift-krm');
    expect(code).not.toBe(0);
    expect(stderr).toContain('lock=images.lock.yaml');
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(WEB);
  });
});

describe('kpt fn render', () => {
  const RENDER = ['fn', 'render', 'shop', '--allow-exec', '--truncate-output=false'];

  test('pins in place from the lock that lies in the package', async () => {
    const folder = workFolder({
      'shop/Kptfile': KPTFILE,
      'shop/web.yaml': WEB,
      'shop/images.lock.yaml': lock(BY_NAME),
    });
    const { code, stderr } = await kpt(folder, ...RENDER);
    expect(code, stderr).toBe(0);
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(PINNED);
  });

  test('leaves the package alone when the lock lacks an image, and names the resource', async () => {
    const api = WEB.replace('nginx:1.27', 'ghcr.io/acme/api:2.0');
    const folder = workFolder({
      'shop/Kptfile': KPTFILE,
      'shop/web.yaml': api,
      'shop/images.lock.yaml': lock(BY_NAME),
    });
    const { code, stderr } = await kpt(folder, ...RENDER);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Deployment web, spec.template.spec.containers[0].image');
    expect(stderr).toContain('ghcr.io/acme/api:2.0 has no entry in images.lock.yaml');
    expect(readFileSync(join(folder, 'shop/web.yaml'), 'utf8')).toBe(api);
  });
});
