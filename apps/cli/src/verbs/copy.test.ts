import { image, index, startRegistry } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { readDocument } from '../testing/schema.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });

test('an image comes to another registry with its digest, its tag and what refers to it', async () => {
  await using from = await startRegistry();
  await using to = await startRegistry();
  await using folder = await workFolder();
  from.push('team/app', 'v1', app);
  from.push('team/app', undefined, signature);
  const source = from.reference('team/app', 'v1');
  const said = await folder.run('copy', source, `${to.host}/prod/app`);
  expect(said.code).toBe(0);
  expect(said.stdout.split('\n').slice(0, 2)).toEqual([
    `copied ${source} to ${to.host}/prod/app:v1`,
    app.digest,
  ]);
  expect(said.stdout).toMatch(/^4 manifests; blobs: \d+ sent, 0 mounted, 0 there already$/m);

  const target = to.reference('prod/app', 'v1');
  expect((await folder.run('resolve', target)).stdout).toBe(`${app.digest}\n`);
  const listed = await folder.run('referrers', target);
  expect(listed.stdout).toBe(`${signature.digest}  application/vnd.example.signature\n`);
});

test('what is there is not sent again, and one registry mounts', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('test/app', 'v1', app);
  const source = registry.reference('test/app', 'v1');
  const copy = async (...argv: readonly string[]): Promise<unknown> =>
    readDocument((await folder.run('copy', ...argv, '--format', 'json')).stdout);
  const target = registry.reference('prod/app', 'stable');
  expect(await copy(source, target)).toMatchObject({
    from: source,
    to: target,
    digest: app.digest,
    blobs: { sent: 0, present: 0 },
  });
  expect(await copy(source, target)).toMatchObject({ blobs: { sent: 0, mounted: 0 } });
});

test('a source that is named by digest needs no tag, and gets none', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('test/app', 'v1', app);
  registry.push('test/app', undefined, signature);
  const source = registry.reference('test/app', app.digest);
  const said = await folder.run('copy', source, `${registry.host}/prod/app`, '--no-referrers');
  expect(said.stdout).toContain(
    ` to ${registry.host}/prod/app@${app.digest}\n${app.digest}\n3 manifests`,
  );
  expect((await folder.run('tags', `${registry.host}/prod/app`)).stdout).toBe('');
  expect((await folder.run('referrers', registry.reference('prod/app', app.digest))).stdout).toBe(
    '',
  );
});

test('what cannot be copied is said, and nothing is there afterwards', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('test/app', 'v1', app);
  const target = registry.reference('prod/app', 'v1');
  const gone = await folder.run('copy', registry.reference('test/app', 'v9'), target);
  expect(gone).toMatchObject({ code: 2, stdout: '' });
  expect(gone.stderr).toContain(`pindrift: ${registry.host}: could not`);
  const layout = await folder.run('copy', 'oci:images', target);
  expect(layout.stderr).toContain('oci:images: copies go from registry to registry');
  registry.fault({ match: { method: 'PUT' }, does: status(403) });
  const refused = await folder.run('copy', registry.reference('test/app', 'v1'), target);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect((await folder.run('resolve', target)).code).toBe(1);
});

test('referrers of one type, as a document', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('app', 'v1', app);
  registry.push('app', undefined, signature);
  registry.push(
    'app',
    undefined,
    image({ subject: app, artifactType: 'application/vnd.example.sbom' }),
  );
  const ref = registry.reference('app', 'v1');
  const type = ['--artifact-type', 'application/vnd.example.signature'];
  const { stdout } = await folder.run('referrers', ref, ...type, '--format', 'json');
  expect(readDocument(stdout)).toMatchObject({
    reference: ref,
    referrers: [{ digest: signature.digest, artifactType: 'application/vnd.example.signature' }],
  });
  expect((await folder.run('referrers', ref)).stdout.trim().split('\n')).toHaveLength(2);
  const tag = `${app.digest.replace(':', '-')}.sig`;
  const cosign = registry.push('app', tag, image({ layers: ['signature'] }));
  const all = await folder.run('referrers', ref);
  expect(all.stdout).toMatch(new RegExp(`^${cosign}  .*  ${tag}$`, 'm'));
  const document = readDocument((await folder.run('referrers', ref, '--format=json')).stdout);
  expect(document.referrers).toContainEqual(expect.objectContaining({ digest: cosign, tag }));
  const gone = await folder.run('referrers', registry.reference('app', 'v9'));
  expect(gone).toMatchObject({ code: 2, stdout: '' });
});
