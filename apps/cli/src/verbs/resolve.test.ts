import { image, index, startRegistry } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';

test('one reference prints its digest alone, and several a table', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  expect(await folder.run('resolve', app)).toEqual({ code: 0, stdout: `${digest}\n`, stderr: '' });
  expect(await folder.run('digest', app)).toMatchObject({ code: 0, stdout: `${digest}\n` });
  const table = await folder.run('resolve', app, `${registry.host}/app@${digest}`);
  expect(table.stdout.split('\n')[0]).toMatch(/^IMAGE +DIGEST +MEDIA TYPE$/);
  expect(table.stdout.split(digest)).toHaveLength(4);
});

test('--platform names the manifest of one platform of an index', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  const arm = image({ platform: 'linux/arm64' });
  registry.push('app', 'v1', index([image(), arm]));
  const app = registry.reference('app', 'v1');
  expect((await folder.run('resolve', app, '--platform', 'linux/arm64')).stdout).toBe(
    `${arm.digest}\n`,
  );
  const none = await folder.run('resolve', app, '--platform', 'linux/s390x');
  expect(none).toMatchObject({ code: 1, stdout: '' });
});

test('what does not exist is 1, what is not known is 2, and 2 wins', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('app', 'v1', image());
  registry.fault({ match: { name: 'app' }, does: status(403) });
  const [app, gone] = [registry.reference('app', 'v1'), registry.reference('gone', 'v1')];
  const dangling = await folder.run('resolve', gone);
  expect(dangling).toMatchObject({ code: 1, stdout: '' });
  expect(dangling.stderr).toContain('dangling');
  expect(await folder.run('resolve', app)).toMatchObject({ code: 2, stdout: '' });
  const both = await folder.run('resolve', app, gone, '--format', 'json');
  expect(both.code).toBe(2);
  expect(readDocument(both.stdout)).toMatchObject({
    images: [
      { text: app, digest: null },
      { text: gone, digest: null },
    ],
    findings: [{ code: 'unresolvable' }, { code: 'dangling' }],
    summary: { images: 2, resolved: 0 },
  });
});

test('a tag that moved away from the lock is stale', async () => {
  await using registry = await startRegistry();
  const before = registry.push('app', 'v1', image());
  registry.push('web', 'v1', image());
  const [app, web] = [registry.reference('app', 'v1'), registry.reference('web', 'v1')];
  await using folder = await workFolder({ 'a.yaml': deployment('a', app, web) });
  await folder.run('lock');
  const after = registry.move('app', 'v1', image({ layers: ['newer'] }));

  const said = await folder.run('resolve', app);
  expect(said).toMatchObject({ code: 0, stdout: `${after}\n` });
  expect(said.stderr).toContain(
    `images.lock.yaml:12:13: warning: stale: ImageLock, spec.images[0].image: `,
  );
  expect(said.stderr).toContain(`is pinned to ${before}, and the tag now names ${after}`);
  expect(said.stderr).toContain(`  12 |   - image: "${app}"\n`);
  expect(said.stderr).toContain(`pindrift lock --update ${app}`);

  const all = await folder.run('resolve', '--fail-on', 'stale', '--format', 'json');
  expect(all.code).toBe(1);
  expect(readDocument(all.stdout)).toMatchObject({
    images: [{ text: app }, { text: web }],
    findings: [{ code: 'stale', reference: app, expected: after, line: 12, column: 13 }],
  });
});

test('a full version that moved is republished, and that is drift too', async () => {
  await using registry = await startRegistry();
  registry.push('app', '1.4.2', image());
  const app = registry.reference('app', '1.4.2');
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });
  await folder.run('lock');
  const after = registry.move('app', '1.4.2', image({ layers: ['newer'] }));
  const said = await folder.run('resolve', '--fail-on', 'warning');
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('images.lock.yaml:12:13: warning: republished: ');
  expect(said.stderr).toContain(`the tag now names ${after}, although it is a full version`);
  expect(said.stderr).toContain(`compare both: pindrift manifest ${app}`);
});

test('what the lock does not hold is about no line of it', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  const [app, gone] = [registry.reference('app', 'v1'), registry.reference('gone', 'v1')];
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });
  await folder.run('lock');
  registry.fault({ match: { name: 'app' }, does: status(404) });
  const { stdout } = await folder.run('resolve', app, gone, '--format', 'json');
  expect(readDocument(stdout)).toMatchObject({
    findings: [
      { code: 'dangling', file: expect.stringMatching(/images.lock.yaml$/), line: 12, text: app },
      { code: 'dangling', file: '', text: gone },
    ],
  });
});

test('nothing to resolve, and what is no reference, are bad usage', async () => {
  await using folder = await workFolder();
  expect(await folder.run('resolve')).toMatchObject({ code: 2, stdout: '' });
  const bad = await folder.run('resolve', 'Nginx:1.27');
  expect(bad).toMatchObject({ code: 2, stdout: '' });
  expect(bad.stderr).toContain('Nginx:1.27');
});

test('--offline asks nobody', async () => {
  await using registry = await startRegistry();
  await using folder = await workFolder();
  registry.push('app', 'v1', image());
  const said = await folder.run('--offline', 'resolve', registry.reference('app', 'v1'));
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(registry.requests).toEqual([]);
});
