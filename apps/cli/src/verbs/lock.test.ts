import { readdir } from 'node:fs/promises';
import { image, index, startRegistry, type TestRegistry } from '@pindrift/testing';
import { status, tooManyRequests } from '@pindrift/testing/faults';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';
import { readDocument } from '../testing/schema.ts';
import { pindrift } from '../testing/terminal.ts';

const other = image({ layers: ['something newer'] });

/** What was asked for by tag, which is what a registry counts. */
function tagQuestions({ requests }: TestRegistry): string[] {
  return requests.map(({ path }) => path).filter((path) => /\/manifests\/[^/:]+$/.test(path));
}

test('an entry whose tag has gone is reported where it stands in the lock', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  registry.push('web', 'v1', image());
  const [app, web] = [registry.reference('app', 'v1'), registry.reference('web', 'v1')];
  await using folder = await workFolder({ 'a.yaml': deployment('a', app, web) });
  await folder.run('lock');
  registry.fault({ match: { name: 'web' }, does: status(404) });
  const said = await folder.run('lock', '--update');
  expect(said.code, 'the registry has answered').toBe(1);
  const line =
    (await folder.read('images.lock.yaml')).split('\n').findIndex((one) => one.includes(web)) + 1;
  expect(said.stderr).toContain(
    `images.lock.yaml:${line}:13: error: dangling: ImageLock, spec.images[1].image: `,
  );
});

test('a first lock asks for each image once, and a second run asks nothing and changes nothing', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', index([image(), image({ platform: 'linux/arm64' })]));
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({
    'a.yaml': deployment('a', app, app),
    'deep/b.yaml': deployment('b', app),
  });

  const first = await folder.run('lock');

  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(`added   ${app}`) });
  expect(first.stderr).toContain('wrote ');
  const text = await folder.read('images.lock.yaml');
  expect(text).toContain(`
  - image: "${app}"
    digest: ${digest}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms: [linux/amd64, linux/arm64]
`);
  expect(tagQuestions(registry)).toEqual(['/v2/app/manifests/v1']);

  registry.forget();
  const second = await folder.run('lock');
  expect(second).toMatchObject({ code: 0, stdout: 'lock: 1 unchanged\n' });
  expect(registry.requests).toEqual([]);
  expect(await folder.read('images.lock.yaml')).toBe(text);
});

test('a limit of pulls keeps no digest from the lock, only the platforms', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', index([image(), image({ platform: 'linux/arm64' })]));
  registry.fault({ match: { method: 'GET' }, does: tooManyRequests('86400') });
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });

  const said = await folder.run('lock');

  expect(said).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('of 1 image are left out'),
  });
  const text = await folder.read('images.lock.yaml');
  expect(text).toContain(`digest: ${digest}`);
  expect(text).not.toContain('platforms');
});

test('a folder with 300 images is locked with one question for each', async () => {
  await using registry = await startRegistry();
  const names = Array.from({ length: 300 }, (_, at) => `team/app${at}`);
  for (const name of names) registry.push(name, '1.0.0', image({ layers: [name] }));
  const references = names.map((name) => registry.reference(name, '1.0.0'));
  await using folder = await workFolder({
    'all.yaml': references.map((one, at) => deployment(`d${at}`, one)).join('---\n'),
    'again.yaml': deployment('again', ...references),
  });

  const said = await folder.runWith({ isTTY: true }, 'lock', '--no-platforms');

  expect(said.code).toBe(0);
  expect(tagQuestions(registry)).toHaveLength(300);
  expect(registry.counters.requests).toBe(300);
  expect(registry.counters.peakConnections).toBeLessThanOrEqual(16);
  expect(said.stderr, 'progress on a terminal').toContain('asking registries');
  registry.forget();
  const again = await folder.run('lock');
  expect(again).toMatchObject({ code: 0, stdout: 'lock: 300 unchanged\n' });
  expect(again.stderr, 'no progress elsewhere').not.toContain('asking registries');
  expect(registry.requests).toEqual([]);
});

test('an entry moves only when it is asked to, and then the change is shown', async () => {
  await using registry = await startRegistry();
  const [app, web] = [registry.reference('app', 'v1'), registry.reference('web', 'v1')];
  const before = registry.push('app', 'v1', image());
  registry.push('web', 'v1', image());
  await using folder = await workFolder({ 'a.yaml': deployment('a', app, web) });
  await folder.run('lock');
  const after = registry.move('app', 'v1', other);
  registry.move('web', 'v1', other);

  const plain = await folder.run('lock');
  expect(plain.stdout).toBe('lock: 2 unchanged\n');
  expect(await folder.read('images.lock.yaml')).toContain(before);

  const named = await folder.run('lock', '--update', app, '--format', 'json');
  expect(readDocument(named.stdout).changes).toEqual([
    { change: 'updated', image: app, from: before, to: after },
    { change: 'unchanged', image: web, from: before, to: before },
  ]);

  registry.forget();
  expect((await folder.run('lock', '--update')).stdout).toContain(`updated  ${web}`);
  expect(tagQuestions(registry).toSorted()).toEqual([
    '/v2/app/manifests/v1',
    '/v2/web/manifests/v1',
  ]);
});

test('--update takes all tags of a repository, a dash as stdin, and refuses what nothing names', async () => {
  await using registry = await startRegistry();
  for (const tag of ['v1', 'v2']) registry.push('app', tag, image());
  await using folder = await workFolder({
    'a.yaml': deployment('a', registry.reference('app', 'v1'), registry.reference('app', 'v2')),
  });
  await folder.run('lock');
  registry.forget();

  await folder.run('lock', '--update', `${registry.host}/app`);
  expect(tagQuestions(registry)).toHaveLength(2);

  const stdin = { input: deployment('s', registry.reference('app', 'v1')) };
  expect(await folder.runWith(stdin, 'lock', '--update', '-')).toMatchObject({ code: 0 });

  const path = await folder.run('lock', '--update', 'a.yaml');
  expect(path).toMatchObject({ code: 2, stdout: '' });
  expect(path.stderr).toContain("'a.yaml' is a path: put it before --update");
});

test('what nothing names any more goes with --prune only, and never while something is unreadable', async () => {
  await using registry = await startRegistry();
  const [app, web] = [registry.reference('app', 'v1'), registry.reference('web', 'v1')];
  for (const name of ['app', 'web']) registry.push(name, 'v1', image());
  await using folder = await workFolder({ 'a.yaml': deployment('a', app, web) });
  await folder.run('lock');
  await folder.write('a.yaml', deployment('a', app));

  expect((await folder.run('lock')).stdout).toBe('lock: 2 unchanged\n');

  await folder.write('broken.yaml', `${deployment('b', web)}  bad: [\n`);
  const broken = await folder.run('lock', '--prune');
  expect(broken).toMatchObject({ code: 2 });
  expect(broken.stderr).toContain('nothing is pruned');
  expect(await folder.read('images.lock.yaml')).toContain(web);

  await folder.write('broken.yaml', '');
  const pruned = await folder.run('lock', '--prune');
  expect(pruned).toMatchObject({ code: 0, stdout: expect.stringContaining(`removed  ${web}`) });
  expect(await folder.read('images.lock.yaml')).not.toContain(web);
});

test('an image that is pinned in place is not asked for, and pruning keeps its entry', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });
  await folder.run('lock');
  await folder.write(
    'a.yaml',
    deployment('a', `${app}@${digest}`, `${registry.host}/app@${digest}`),
  );
  registry.forget();

  expect(await folder.run('lock', '--prune')).toMatchObject({
    code: 0,
    stdout: 'lock: 1 unchanged\n',
  });
  expect(registry.requests).toEqual([]);
});

test('--frozen writes nothing, asks nothing, and fails when the lock would change', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({ 'a.yaml': deployment('a', app) });

  const missing = await folder.run('lock', '--frozen');
  expect(missing).toMatchObject({ code: 1 });
  expect(missing.stderr).toContain(`a.yaml:10:16: error: not-locked: ${app}`);
  await expect(folder.read('images.lock.yaml')).rejects.toThrow('ENOENT');
  expect(registry.requests).toEqual([]);

  await folder.run('lock');
  expect(await folder.run('lock', '--frozen')).toMatchObject({ code: 0 });

  await folder.write('a.yaml', deployment('a'));
  expect(await folder.run('lock', '--frozen')).toMatchObject({ code: 0 });
  expect(await folder.run('lock', '--frozen', '--prune')).toMatchObject({ code: 1 });
});

test('what cannot be resolved is reported at its place, and what can be is written', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  registry.push('secret', 'v1', image());
  registry.fault({ match: { name: 'secret' }, does: status(403) });
  const [app = '', gone = '', secret = ''] = ['app', 'gone', 'secret'].map((name) =>
    registry.reference(name, 'v1'),
  );
  await using folder = await workFolder({ 'a.yaml': deployment('a', app, gone, secret) });

  const said = await folder.run('lock');

  expect(said.code).toBe(2);
  expect(said.stderr).toContain(`a.yaml:12:16: error: dangling: ${gone}`);
  expect(said.stderr).toContain(`12 |         image: ${gone}`);
  expect(said.stderr).toContain(`a.yaml:14:16: error: unresolvable: ${secret}`);
  expect(said.stderr).toContain('not resolved: 2');
  const text = await folder.read('images.lock.yaml');
  expect(text).toContain(app);
  expect(text).not.toContain(gone);
});

test('a lock that nothing can be put into is not made, and the old one stays', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx:1.27') });
  const first = await folder.run('lock', '--offline');
  expect(first).toMatchObject({ code: 2 });
  expect(first.stderr).toContain('is not written');
  await expect(folder.read('images.lock.yaml')).rejects.toThrow('ENOENT');

  const lock =
    'apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec: {images: [], imagse: []}\n';
  await folder.write('images.lock.yaml', lock);
  const broken = await folder.run('lock', '--offline');
  expect(broken).toMatchObject({ code: 2, stdout: '' });
  expect(broken.stderr).toMatch(/images\.lock\.yaml:3:20: spec\.imagse: .*did you mean images\?/);
  expect(broken.stderr).toContain('^');
  expect(await folder.read('images.lock.yaml')).toBe(lock);
});

test('comments and order of a lock that was edited by hand stay', async () => {
  await using registry = await startRegistry();
  const digest = registry.push('app', 'v1', image());
  registry.push('web', 'v1', image());
  const lock = `# ours
apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: "${registry.host}/app:v1" # the app
    digest: ${digest}
`;
  await using folder = await workFolder({
    'images.lock.yaml': lock,
    'a.yaml': deployment('a', registry.reference('web', 'v1')),
  });
  await folder.run('lock', '--no-platforms');
  expect(await folder.read('images.lock.yaml')).toBe(`${lock}  - image: "${registry.host}/web:v1"
    digest: ${digest}
    mediaType: application/vnd.oci.image.manifest.v1+json
`);
});

test('the lock of a folder above is used, and the one that the configuration names', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  const manifest = deployment('a', registry.reference('app', 'v1'));
  await using folder = await workFolder({
    'pindrift.yaml': 'lock: locks/all.yaml\n',
    'team/k8s/a.yaml': manifest,
    'locks/.keep': '',
  });
  expect(await pindrift(`${folder.path}/team/k8s`, ['lock'])).toMatchObject({ code: 0 });
  expect(await folder.read('locks/all.yaml')).toContain(registry.host);
});

test('an image that a rule ignores is not asked for', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  await using folder = await workFolder({
    'pindrift.yaml': `ignore:\n- pattern: "${registry.host}/**"\n  reason: built in the cluster\n`,
    'a.yaml': deployment('a', registry.reference('app', 'v1')),
  });
  expect(await folder.run('lock')).toMatchObject({ code: 0 });
  expect(registry.requests).toEqual([]);
});

test('--render locks what a command renders', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  await using folder = await workFolder({
    'src/a.tpl': deployment('a', registry.reference('app', 'v1')),
    'ignored.yaml': deployment('b', registry.reference('gone', 'v1')),
  });
  const said = await folder.run('lock', '--render', 'cat src/*.tpl');
  expect(said).toMatchObject({ code: 0 });
  expect(await folder.read('images.lock.yaml')).toContain('app:v1');

  const failing = await folder.run('lock', '--render', 'echo "no such chart" >&2; exit 3');
  expect(failing).toMatchObject({ code: 2, stdout: '' });
  expect(failing.stderr).toContain('exit code 3');
  expect(failing.stderr).toContain('no such chart');
});

test('--render finds a lock in place where there is none yet, and an empty one does not stay', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  const app = registry.reference('app', 'v1');
  await using folder = await workFolder({ 'src/a.tpl': deployment('a', app) });
  const render = 'cat images.lock.yaml >&2 && cat src/*.tpl';
  expect(await folder.run('lock', '--render', render)).toMatchObject({ code: 0 });
  const first = await folder.read('images.lock.yaml');
  expect(first).toContain(app);

  await using other = await workFolder({});
  const failing = await other.run('lock', '--render', 'cat images.lock.yaml && exit 3');
  expect(failing).toMatchObject({ code: 2, stdout: '' });
  const nothing = await other.run('lock', '--render', 'cat images.lock.yaml >&2');
  expect(nothing.code).toBe(2);
  const frozen = await other.run('lock', '--frozen', '--render', 'cat "$PWD/images.lock.yaml"');
  expect(frozen.code).toBe(2);
  expect(frozen.stderr).toContain('make it without --frozen');
  expect(await readdir(other.path)).toEqual([]);
});

test('--render says which lock is missing where that is another one', async () => {
  await using folder = await workFolder({ 'prod/a.yaml': 'a' });
  const said = await folder.run('lock', '--render', 'cat "$PWD/prod/images.lock.yaml"');
  expect(said.code).toBe(2);
  expect(said.stderr).toMatch(/add --lock \S*prod\/images\.lock\.yaml/);
  expect(await readdir(folder.path)).toEqual(['prod']);
});

test('--render takes what a function saw on the way, though what comes out at the end hides it', async () => {
  await using registry = await startRegistry();
  for (const name of ['seen', 'printed']) registry.push(name, 'v1', image());
  const pin = import.meta.resolve('@pindrift/pin');
  await using folder = await workFolder({
    'seen.yaml': deployment('a', registry.reference('seen', 'v1')),
    'out.yaml': deployment('b', registry.reference('printed', 'v1')),
    'function.ts': `import { readFileSync } from 'node:fs';
const { recordImages } = await import(${JSON.stringify(pin)});
await recordImages(process.env.PINDRIFT_RECORD ?? '', readFileSync('seen.yaml'));
process.stdout.write(readFileSync('out.yaml'));
`,
  });
  const said = await folder.run('lock', '--render', `'${process.execPath}' function.ts`);
  expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('lock: 2 added') });
  expect(said.stdout).toContain(registry.reference('seen', 'v1'));
});

test('an input without any manifest leaves the lock as it is, and is no success', async () => {
  await using registry = await startRegistry();
  registry.push('app', 'v1', image());
  await using folder = await workFolder({
    'k8s/a.yaml': deployment('a', registry.reference('app', 'v1')),
    'docs/notes.yaml': 'title: notes\n',
  });
  await folder.run('lock', 'k8s');
  const lock = await folder.read('images.lock.yaml');
  for (const prune of [[], ['--prune']]) {
    const empty = await folder.runWith({ input: '' }, 'lock', '-', ...prune);
    expect(empty).toMatchObject({ code: 2, stdout: '' });
    expect(empty.stderr).toContain('stdin is empty: ');
    const foreign = await folder.runWith({ input: 'Error: boom\n' }, 'lock', '-', ...prune);
    expect(foreign).toMatchObject({ code: 2, stdout: '' });
    expect(foreign.stderr).toContain('stdin holds no manifest: ');
    const render = await folder.run('lock', ...prune, '--render', 'false | cat');
    expect(render).toMatchObject({ code: 2, stdout: '' });
    expect(render.stderr).toContain('printed nothing: false | cat');
    const other = await folder.run('lock', 'docs', ...prune);
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('no manifest in docs, so the lock is left as it is');
  }
  expect(await folder.read('images.lock.yaml')).toBe(lock);
});
