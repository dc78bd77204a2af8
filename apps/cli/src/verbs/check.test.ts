import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const OTHER = `sha256:${'2'.repeat(64)}`;

const LOCK = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: docker.io/library/nginx:1.27
    digest: ${DIGEST}
`;

test('what is pinned to what the lock says is nothing to report', async () => {
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'a.yaml': deployment('a', `nginx:1.27@${DIGEST}`, `quay.io/other@${OTHER}`),
  });
  expect(await folder.run('check')).toEqual({
    code: 0,
    stdout: '2 images: 2 pinned\n',
    stderr: '',
  });
});

test('what is not pinned, or to something else, is shown where it stands', async () => {
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'a.yaml': deployment('a', 'nginx:1.27', `nginx:1.27@${OTHER}`, 'redis'),
  });
  const said = await folder.run('check');
  expect(said).toMatchObject({ code: 1, stderr: '' });
  expect(said.stdout).toContain('a.yaml:10:16: error: unpinned: Deployment a');
  expect(said.stdout).toContain(
    '  10 |         image: nginx:1.27\n     |                ^~~~~~~~~~\n',
  );
  expect(said.stdout).toContain('a.yaml:12:16: error: mismatch: Deployment a');
  expect(said.stdout).toContain('a.yaml:14:16: error: unpinned: Deployment a');
  expect(said.stdout).toMatch(/3 images: 1 mismatched, 2 unpinned; 3 errors\n$/);
});

test('JSON is what its schema says, and --fail-on decides about the exit code', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx:1.27') });
  const said = await folder.run('check', '--format', 'json');
  expect(said.code).toBe(1);
  expect(readDocument(said.stdout)).toMatchObject({
    images: [{ text: 'nginx:1.27', digest: null, outcome: 'kept' }],
    findings: [{ code: 'unpinned', severity: 'error' }],
    summary: { images: 1, unpinned: 1, errors: 1 },
  });
  expect((await folder.run('check', '--fail-on', 'none')).code).toBe(0);
  expect((await folder.run('check', '--fail-on', 'mismatch,stale')).code).toBe(0);
  expect((await folder.run('--fail-on', 'unpinned', 'check')).code).toBe(1);
  const unknown = await folder.run('check', '--fail-on', 'unpined');
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('unpinned');
});

test('no registry is asked', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  await using folder = await workFolder({
    'a.yaml': deployment('a', registry.reference('app', 'v1')),
  });
  expect((await folder.run('check')).code).toBe(1);
  expect(registry.requests).toEqual([]);
});

test('a lock that was named must be there', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a') });
  const said = await folder.run('check', '--lock', 'no.yaml');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain("there is no such lock; make it with 'pindrift lock'");
});

test('a password in a manifest is in nothing that is said about it', async () => {
  const secret = 'hunter2-very-secret';
  await using folder = await workFolder({
    'a.yaml': `apiVersion: v1\nkind: Secret\nstringData: {password: ${secret}}\n---\n${deployment('a', `nginx # ${secret}`)}`,
    'b.yaml': `apiVersion: v1\nkind: Secret\nstringData: {password: ${secret}, image: [}\n`,
  });
  for (const format of ['table', 'json']) {
    const said = await folder.run('check', '--verbose', '--format', format);
    expect(said.code).toBe(2);
    expect(said.stdout + said.stderr).not.toContain(secret);
  }
});
