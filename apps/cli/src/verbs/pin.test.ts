import { execFileSync } from 'node:child_process';
import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

const DIGEST = `sha256:${'1'.repeat(64)}`;

const LOCK = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: docker.io/library/nginx:1.27
    digest: ${DIGEST}
`;

test('--write inserts digests and nothing else: comments, CRLF and mode stay', async () => {
  const crlf = deployment('a', 'nginx:1.27 # the web').replaceAll('\n', '\r\n');
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'k/a.yaml': crlf,
    'k/b.yaml': deployment('b'),
  });
  await chmod(join(folder.path, 'k/a.yaml'), 0o640);

  const said = await folder.run('pin', '--write', 'k');

  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toContain('nginx:1.27');
  expect(said.stderr).toBe('pindrift: wrote 1 file\n');
  expect(await folder.read('k/a.yaml')).toBe(crlf.replace('nginx:1.27', `nginx:1.27@${DIGEST}`));
  expect((await stat(join(folder.path, 'k/a.yaml'))).mode & 0o777).toBe(0o640);
  const again = await folder.run('pin', '--write', 'k');
  expect(again.stderr).toContain('everything here is pinned already');
});

test('without --write nothing is written, and a table says what would be', async () => {
  const before = deployment('a', 'nginx:1.27');
  await using folder = await workFolder({ 'images.lock.yaml': LOCK, 'a.yaml': before });
  const said = await folder.run('pin');
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toContain('pinned');
  expect(said.stderr).toContain('would write 1 file; --write does');
  expect(await folder.read('a.yaml')).toBe(before);
});

test('one file that cannot be pinned leaves all of them as they are', async () => {
  const [good, bad] = [deployment('a', 'nginx:1.27'), deployment('b', 'redis')];
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'a.yaml': good,
    'b.yaml': bad,
  });
  const said = await folder.run('pin', '--write');
  expect(said).toMatchObject({ code: 1, stdout: '' });
  expect(said.stderr).toContain('b.yaml:10:16: error: not-locked');
  expect(said.stderr).toContain('nothing was written');
  expect(await folder.read('a.yaml')).toBe(good);

  const kept = await folder.run('pin', '--write', '--keep');
  expect(kept).toMatchObject({ code: 0 });
  expect(await folder.read('a.yaml')).toContain(DIGEST);
  expect(await folder.read('b.yaml')).toBe(bad);
});

test('--diff prints a patch that git applies, byte for byte', async () => {
  const latin1 = Buffer.concat([
    Buffer.from([0x23, 0xe9, 0x0d, 0x0a]),
    Buffer.from(deployment('a', 'nginx:1.27')),
  ]);
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'k/ä.yaml': latin1,
    'b.yaml': deployment('b', 'nginx:1.27'),
  });
  const patch = await folder.runBytes('pin', '--diff');
  await writeFile(join(folder.path, 'p.diff'), patch);
  execFileSync('git', ['apply', 'p.diff'], { cwd: folder.path });
  expect(await folder.read('b.yaml')).toContain(`image: nginx:1.27@${DIGEST}\n`);
  expect(await folder.read('k/ä.yaml')).toContain(`image: nginx:1.27@${DIGEST}\n`);
  expect((await folder.run('pin', '--diff')).stdout).toBe('');
});

test('a dash takes the text from stdin and gives it back pinned', async () => {
  await using folder = await workFolder({ 'images.lock.yaml': LOCK });
  const input = `# rendered\n${deployment('a', 'nginx:1.27')}`;
  const pinned = input.replace('nginx:1.27', `nginx:1.27@${DIGEST}`);
  expect(await folder.runWith({ input }, 'pin', '-')).toEqual({
    code: 0,
    stdout: pinned,
    stderr: '',
  });
  expect(await folder.runWith({ input: pinned }, 'pin', '-')).toEqual({
    code: 0,
    stdout: pinned,
    stderr: '',
  });
  expect(await folder.runWith({ input: deployment('b', 'redis') }, 'pin', '-')).toMatchObject({
    code: 1,
    stdout: '',
  });
  expect(await folder.runWith({ input }, 'pin', '--write', '-')).toMatchObject({
    code: 2,
    stdout: '',
  });
});

test('--resolve asks once for what the lock lacks, however many files name it', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({
    'a.yaml': deployment('a', app, app),
    'b.yaml': deployment('b', app),
  });
  expect(await folder.run('pin', '--resolve', '--write')).toMatchObject({ code: 0 });
  expect(registry.requests).toHaveLength(1);
  expect(await folder.read('b.yaml')).toContain(`image: ${app}@${digest}\n`);

  await folder.write('c.yaml', deployment('c', registry.reference('gone', 'v1')));
  const gone = await folder.run('pin', '--resolve');
  expect(gone).toMatchObject({ code: 1, stdout: '' });
  expect(gone.stderr).toContain('c.yaml:10:16: error: dangling');
});

test('--update moves digests that the lock contradicts, and only their bytes', async () => {
  const [behind, other] = [`sha256:${'2'.repeat(64)}`, `sha256:${'3'.repeat(64)}`];
  const before = deployment('a', `nginx:1.27@${behind} # web`, `nginx@${other}`, `redis@${other}`);
  await using folder = await workFolder({ 'images.lock.yaml': LOCK, 'a.yaml': before });

  const refused = await folder.run('pin', '--write', 'a.yaml');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('mismatch');
  expect(refused.stderr).toContain('--update --write a.yaml');
  expect(await folder.read('a.yaml')).toBe(before);

  const planned = await folder.run('pin', '--update', '--format', 'json');
  expect(readDocument(planned.stdout)).toMatchObject({
    images: [{ digest: DIGEST, outcome: 'moved' }, { outcome: 'already' }, { outcome: 'already' }],
    summary: { pinned: 3, errors: 0 },
  });
  expect((await folder.run('pin', '--update', '--diff')).stdout).toContain(
    `+        image: nginx:1.27@${DIGEST} # web`,
  );
  expect(await folder.read('a.yaml')).toBe(before);

  const said = await folder.run('pin', '--update', '--write');
  expect(said).toMatchObject({ code: 0, stderr: 'pindrift: wrote 1 file\n' });
  expect(said.stdout).toContain('moved');
  expect(await folder.read('a.yaml')).toBe(before.replace(behind, DIGEST));
  expect(await folder.run('check')).toMatchObject({ code: 0 });
  expect((await folder.run('pin', '--update')).stderr).toContain('nothing to write');
});

test('--update without a lock has nothing to move to', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx:1') });
  const said = await folder.run('pin', '--update', '--resolve');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain('there is no lock');
});

test('what a tag names now goes into the lock first, and from there into the file', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });
  await folder.run('lock');
  await folder.run('pin', '--write');
  const after = registry.move('app', 'v1', image({ layers: ['newer'] }));
  expect(await folder.run('lock', '--update')).toMatchObject({ code: 0 });
  expect(await folder.run('pin', '--update', '--write')).toMatchObject({ code: 0 });
  expect(await folder.read('a.yaml')).toBe(deployment('a', `${app}@${after}`));
});

test('without a lock and without --resolve there is nothing to pin with', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const said = await folder.run('pin');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain("make it with 'pindrift lock'");
});

test('JSON is what its schema says', async () => {
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'a.yaml': deployment('a', 'nginx:1.27'),
  });
  const { stdout } = await folder.run('pin', '--format', 'json');
  expect(readDocument(stdout)).toMatchObject({
    images: [{ text: 'nginx:1.27', digest: DIGEST, outcome: 'pinned' }],
    findings: [],
    summary: { pinned: 1 },
  });
});

test('a template among the files is named, with what pins the others', async () => {
  await using folder = await workFolder({
    'images.lock.yaml': LOCK,
    'k8s/a.yaml': deployment('a', 'nginx:1.27'),
    'chart/b.yaml': deployment('b', "'{{ .Values.image }}'"),
  });
  const refused = await folder.run('pin', '--write');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(
    'nothing was written: --keep leaves templates as they are and pins the rest, or name the folders',
  );
  expect(await folder.run('pin', '--write', '--keep')).toMatchObject({ code: 0 });
  expect(await folder.read('k8s/a.yaml')).toContain(`nginx:1.27@${DIGEST}`);
});
