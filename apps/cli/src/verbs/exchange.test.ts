import { FORMATS } from '@pindrift/pin';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { readDocument } from '../testing/schema.ts';

const LOCK = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: docker.io/library/nginx:1.27
    digest: sha256:${'1'.repeat(64)}
  - image: quay.io/team/app:v1
    digest: sha256:${'2'.repeat(64)}
`;

for (const { name } of FORMATS) {
  test(`what is exported as ${name} is imported to the same entries`, async () => {
    await using folder = await workFolder({ 'images.lock.yaml': LOCK });
    const exported = await folder.run('export', '--to', name);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    await folder.write('theirs', exported.stdout);
    const imported = await folder.run(
      'import',
      '--from',
      name,
      'theirs',
      '--lock',
      'new.yaml',
      '--format=json',
    );
    expect(imported.code).toBe(0);
    expect(readDocument(imported.stdout)).toMatchObject({
      changes: [
        { change: 'added', image: 'docker.io/library/nginx:1.27' },
        { change: 'added', image: 'quay.io/team/app:v1' },
      ],
    });
    const again = await folder.runWith({ input: exported.stdout }, 'import', '--from', name, '-');
    expect(again).toMatchObject({ code: 0, stdout: 'lock: 2 unchanged\n' });
  });
}

test('an entry with another digest is kept unless --overwrite is given', async () => {
  await using folder = await workFolder({ 'images.lock.yaml': LOCK });
  const theirs = (await folder.run('export', '--to', 'imgpkg')).stdout.replaceAll(
    '1'.repeat(64),
    '3'.repeat(64),
  );
  await folder.write('theirs.yml', theirs);
  const kept = await folder.run('import', '--from', 'imgpkg', 'theirs.yml');
  expect(kept.stdout).toContain('kept');
  expect(await folder.read('images.lock.yaml')).toBe(LOCK);
  await folder.run('import', '--from', 'imgpkg', 'theirs.yml', '--overwrite');
  expect(await folder.read('images.lock.yaml')).toBe(
    LOCK.replaceAll('1'.repeat(64), '3'.repeat(64)),
  );
});

test('a file that is not of the format, and a format that is none, are refused', async () => {
  await using folder = await workFolder({ 'images.lock.yaml': LOCK, 'x.yml': 'a: 1\n' });
  expect(await folder.run('import', '--from', 'imgpkg', 'x.yml')).toMatchObject({
    code: 2,
    stdout: '',
  });
  expect(await folder.run('import', '--from', 'imgpkg', 'no.yml')).toMatchObject({
    code: 2,
    stdout: '',
  });
  const unknown = await folder.run('export', '--to', 'imgpk');
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('imgpkg');
  expect((await folder.run('export')).stderr).toContain('--to');
  const json = await folder.run('export', '--to', 'ko', '--format', 'json');
  expect(readDocument(json.stdout)).toMatchObject({ format: 'ko' });
});
