import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

test('scan says what is unpinned, stale or gone, as a table and one line', async () => {
  await using registry = await startRegistry();
  const [old, now] = [image({ layers: ['old'] }), image({ layers: ['new'] })];
  registry.push('web', '1', now);
  registry.push('web', undefined, old);
  const web = registry.reference('web', '1');
  const gone = registry.reference('gone', '1');
  await using folder = await workFolder({
    'k8s/a.yaml': deployment('a', `${web}@${old.digest}`, web, `${web}@${now.digest}`, gone),
  });
  const { code, stdout, stderr } = await folder.run('scan');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2).join(' '));
  expect(rows.slice(0, 5)).toEqual([
    'PLACE FINDING',
    'k8s/a.yaml:10:16 warning: stale',
    'k8s/a.yaml:12:16 error: unpinned',
    'k8s/a.yaml:16:16 error: dangling',
    'k8s/a.yaml:16:16 error: unpinned',
  ]);
  expect(stdout).toContain(
    '4 images in 1 file: 1 current, 1 behind, 1 unpinned, 1 gone; 3 errors, 1 warning\n',
  );
});

test('scan prints JSON as its schema says, and fails for what it is told to', async () => {
  await using registry = await startRegistry();
  registry.push('web', '1', image());
  registry.push('web', undefined, image({ layers: ['old'] }));
  const old = `${registry.reference('web', '1')}@${image({ layers: ['old'] }).digest}`;
  await using folder = await workFolder({ 'a.yaml': deployment('a', old) });
  const json = await folder.run('scan', '--format', 'json', 'a.yaml');
  expect(json.code).toBe(0);
  expect(readDocument(json.stdout)).toMatchObject({
    images: [{ state: 'behind', current: image().digest, since: null }],
    findings: [{ code: 'stale' }],
  });
  expect((await folder.run('scan', '--fail-on', 'stale')).code).toBe(1);
  const settling = await folder.run('scan', '--store', 'seen.sqlite', '--fail-on', 'stale');
  expect(settling).toMatchObject({ code: 0, stdout: '1 image in 1 file: 1 settling\n' });
});

test('what cannot be asked is unknown, and a time that is none is bad usage', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx:1.27') });
  expect(await folder.run('scan', '--offline')).toMatchObject({ code: 2 });
  expect(await folder.run('scan', '--settle', 'soon')).toMatchObject({
    code: 2,
    stderr: 'pindrift: --settle soon: it is no time; write 72h, 3d or 30m\n',
  });
});

test('entries of a lock are counted apart from images', async () => {
  await using registry = await startRegistry();
  registry.push('web', '1', image());
  await using folder = await workFolder({
    'a.yaml': deployment('a', registry.reference('web', '1')),
  });
  await folder.run('lock');
  const { stdout } = await folder.run('scan');
  expect(stdout).toContain('1 image and 1 entry of a lock in 2 files: ');
});
