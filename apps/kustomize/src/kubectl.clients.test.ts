import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { client, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { BY_NAME, deployment, lock, NGINX, PROGRAM, pathWith } from './testing/fixture.ts';

const BY_IMAGE = 'container:\n  image: ghcr.io/pindrift/pindrift-krm:latest';

/** Runs the function where docker would run its image; everything else of the way is kubectl's. */
const DOCKER = '#!/bin/sh\nprintf "%s\\n" "$*" >&2\nexec pindrift-krm\n';

const FILES = {
  'kustomization.yaml': 'resources: [web.yaml]\ntransformers: [images.lock.yaml]\n',
  'web.yaml': deployment('web', 'nginx:1.27'),
};

const BUILD = ['kustomize', '--enable-alpha-plugins'];

describe('kubectl kustomize', () => {
  test('pins with the function as a container, which gets no network', async () => {
    const folder = workFolder({ ...FILES, 'images.lock.yaml': lock(BY_IMAGE) });
    const env = { PATH: pathWith({ docker: DOCKER }) };
    const { code, stdout, stderr } = await run(client('kubectl'), [...BUILD, folder], { env });
    expect(code).toBe(0);
    expect(stderr).toContain('--network none');
    expect(stdout.toString()).toContain(`image: nginx:1.27@${NGINX}\n`);
  });

  test('fails without a byte on stdout when the container fails', async () => {
    const files = { ...FILES, 'web.yaml': deployment('web', 'ghcr.io/acme/api:2.0') };
    const folder = workFolder({ ...files, 'images.lock.yaml': lock(BY_IMAGE) });
    const env = { PATH: pathWith({ docker: DOCKER }) };
    const { code, stdout, stderr } = await run(client('kubectl'), [...BUILD, folder], { env });
    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('ghcr.io/acme/api:2.0 has no entry');
  });

  test('skips an exec function without a word, which is why its output wants a check', async () => {
    const folder = workFolder({ ...FILES, 'images.lock.yaml': lock(BY_NAME) });
    const env = { PATH: pathWith() };
    const { code, stdout } = await run(client('kubectl'), [...BUILD, folder], { env });
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('image: nginx:1.27\n');
  });

  test('pins with the program as a legacy exec plugin, without containers', async () => {
    const withoutFunction = lock(BY_NAME).replace(
      / {4}config.kubernetes.io\/function:[\s\S]*?krm\n/,
      '',
    );
    const folder = workFolder({
      ...FILES,
      'images.lock.yaml': withoutFunction,
      'plugins/pindrift.dev/v1alpha1/imagelock/.keep': '',
    });
    const plugin = join(folder, 'plugins/pindrift.dev/v1alpha1/imagelock/ImageLock');
    chmodSync(PROGRAM, 0o755);
    symlinkSync(PROGRAM, plugin);
    const env = { KUSTOMIZE_PLUGIN_HOME: join(folder, 'plugins') };
    const { code, stdout, stderr } = await run(client('kubectl'), [...BUILD, folder], { env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`image: nginx:1.27@${NGINX}\n`);
  });
});
