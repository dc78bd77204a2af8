import { expect, test } from 'vitest';
import { workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

function lock(digest: string): string {
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
spec:
  images:
  - image: docker.io/library/nginx:1.27
    digest: ${digest}
`;
}

test('the lock beside what is named is found before the one of the working directory', async () => {
  await using folder = await workFolder({
    'images.lock.yaml': lock(OTHER),
    'k8s/images.lock.yaml': lock(DIGEST),
    'k8s/web/a.yaml': deployment('a', `nginx:1.27@${DIGEST}`),
    'apps/b.yaml': deployment('b', `nginx:1.27@${OTHER}`),
  });
  for (const path of ['k8s', 'k8s/web', 'k8s/web/a.yaml', 'apps']) {
    expect(await folder.run('check', path), path).toMatchObject({ code: 0, stderr: '' });
    expect(await folder.run('pin', path), path).toMatchObject({ code: 0 });
    expect(await folder.run('lock', '--frozen', path), path).toMatchObject({ code: 0 });
  }
  expect(await folder.run('check', 'k8s', '--lock', 'images.lock.yaml')).toMatchObject({ code: 1 });
  const both = await folder.run('check', 'k8s', 'apps');
  expect(both).toMatchObject({ code: 2, stdout: '' });
  expect(both.stderr).toMatch(/have several locks: .*k8s\/images\.lock\.yaml, .*; say which with/);
});

test('a configuration that names the lock is believed', async () => {
  await using folder = await workFolder({
    'pindrift.yaml': 'lock: all.yaml\n',
    'all.yaml': lock(OTHER),
    'k8s/images.lock.yaml': lock(DIGEST),
    'k8s/a.yaml': deployment('a', `nginx:1.27@${OTHER}`),
  });
  expect(await folder.run('check', 'k8s')).toMatchObject({ code: 0 });
});

test('check says where it had no lock to compare with', async () => {
  await using folder = await workFolder();
  const input = deployment('a', `nginx:1.27@${DIGEST}`);
  const said = await folder.runWith({ input }, 'check', '-');
  expect(said).toMatchObject({ code: 0 });
  expect(said.stderr).toMatch(/images\.lock\.yaml: there is no lock; only whether images have dig/);
});
