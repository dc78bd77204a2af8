import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { client, run, workFolder } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';

const DEMO = resolve(import.meta.dirname, 'demo.ts');

test.each([
  ['helm3', '--post-renderer-args=--lock=images.lock.yaml'],
  ['helm4', '$ PINDRIFT_LOCK=images.lock.yaml helm template'],
])('the demo renders with the kustomize and the %s that are on PATH', async (helm, how) => {
  const folder = workFolder({ 'home/.keep': '', 'tmp/.keep': '' });
  mkdirSync(join(folder, 'bin'));
  symlinkSync(client('kustomize'), join(folder, 'bin/kustomize'));
  symlinkSync(client(helm), join(folder, 'bin/helm'));

  const { code, stdout, stderr } = await run(process.execPath, [DEMO], {
    env: {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
    },
  });

  const text = stdout.toString();
  expect(stderr, text).toBe('');
  expect(code).toBe(0);
  expect(text).toContain(`${join(folder, 'bin/helm')}\n`);
  expect(text).toContain('$ kustomize build --enable-alpha-plugins --enable-exec .');
  expect(text).toContain(how);
  expect(readdirSync(join(folder, 'tmp'))).toEqual(['.keep']);
  expect(readdirSync(join(folder, 'home'))).toEqual(['.keep']);
});
