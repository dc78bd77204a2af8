import { expect, test } from 'vitest';
import { changeFiles, type Io } from './io.ts';
import { workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';
import { VERBS } from './verbs.ts';
import { VERSION } from './version.ts';

test('the version is that of the package', async () => {
  await using folder = await workFolder();
  expect(await folder.run('--version')).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('help lists every verb, and each verb has its own with an example or a word on exit codes', async () => {
  await using folder = await workFolder();
  const help = await folder.run('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const [name, { summary }] of Object.entries(VERBS)) {
    expect(help.stdout).toContain(summary);
    const own = await folder.run(name, '--help');
    expect(own).toMatchObject({ code: 0, stderr: '' });
    expect(own.stdout).toContain('--fail-on');
    expect(await folder.run('help', name)).toEqual(own);
  }
});

test.each([
  [['lok'], 'Did you mean lock?'],
  [['find', '--formt', 'json'], 'Did you mean --format?'],
  [['--ofline', 'find'], 'Did you mean --offline?'],
  [['find', '--format', 'yaml'], 'Allowed choices are table, json'],
  [['lock', '--lock'], 'argument missing'],
  [['manifest'], "missing required argument 'ref'"],
  [['manifest', 'a', 'b'], 'too many arguments'],
  [['pin', '--diff', '--write'], 'cannot be used with'],
  [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
  [['check', '--fail-on', 'stale,,'], 'names with commas between'],
])('%j is bad usage: exit code 2, a hint on stderr, nothing on stdout', async (argv, hint) => {
  await using folder = await workFolder();
  const said = await folder.run(...argv);
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain(hint);
  expect(said.stderr).toMatch(/^pindrift: /);
});

test('without a verb, help is shown and the exit code says that nothing was done', async () => {
  await using folder = await workFolder();
  const said = await folder.run();
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain('Commands:');
});

test('what was typed is printed without escapes', async () => {
  await using folder = await workFolder();
  const said = await folder.run('\u001b[2Jfind');
  expect(said.stderr).toContain('\\u{1b}[2Jfind');
});

test('common options stand before or behind the verb', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const [before, behind] = [
    await folder.run('--format', 'json', 'find'),
    await folder.run('find', '--format', 'json'),
  ];
  expect(before).toEqual(behind);
  expect(JSON.parse(before.stdout)).toHaveProperty('images');
});

test('colour is for terminals, and --no-color and NO_COLOR win', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const plain = (await folder.run('check')).stdout;
  const color = (await folder.runWith({ isTTY: true }, 'check')).stdout;
  expect(color).not.toBe(plain);
  expect(color).toContain('\u001b[');
  expect((await folder.runWith({ isTTY: true }, 'check', '--no-color')).stdout).toBe(plain);
  expect((await folder.runWith({ isTTY: true, env: { NO_COLOR: '1' } }, 'check')).stdout).toBe(
    plain,
  );
});

test('--config names another configuration, which must be there', async () => {
  await using folder = await workFolder({
    'other.yaml': 'ignore:\n- {pattern: "docker.io/**", reason: test}\n',
    'a.yaml': deployment('a', 'nginx'),
  });
  expect((await folder.run('check')).code).toBe(1);
  expect((await folder.run('check', '--config', 'other.yaml')).code).toBe(0);
  const missing = await folder.run('check', '--config', 'no.yaml');
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr).toContain('no.yaml: could not be read');
});

test('a configuration that is wrong is shown with its place, and --verbose shows causes', async () => {
  await using folder = await workFolder({ 'pindrift.yaml': 'ignore:\n- patern: x\n  reason: y\n' });
  const said = await folder.run('find');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toMatch(/pindrift\.yaml:2:3: ignore\[0\]\.patern: .*did you mean pattern\?/);
  expect(said.stderr).toContain('^');
  const missing = await folder.run('find', '--config', 'no.yaml', '--verbose');
  expect(missing.stderr).toContain('because: ENOENT');
});

test('a run that is stopped says so and returns 2', async () => {
  await using folder = await workFolder({ 'a.yaml': deployment('a', 'nginx') });
  const said = await folder.runWith({ signal: AbortSignal.abort() }, 'find');
  expect(said).toMatchObject({ code: 2, stderr: 'pindrift: stopped\n' });
});

test('a stop waits for a file that is being written, and none is begun after it', async () => {
  await using folder = await workFolder();
  const controller = new AbortController();
  const { signal } = controller;
  let finish: () => void = () => undefined;
  const writing = new Set<Promise<unknown>>();
  const io = { signal, writing } as unknown as Io;
  const change = changeFiles(
    io,
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  expect(writing.size).toBe(1);
  controller.abort();
  await expect(changeFiles(io, async () => folder.write('a', ''))).rejects.toThrow();
  finish();
  await change;
  expect(writing.size).toBe(0);
});

test.each(['check', 'find', 'pin', 'lock --frozen'])(
  '%s - takes neither nothing nor a foreign text for fine',
  async (verb) => {
    const lock = 'apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec: {images: []}\n';
    await using folder = await workFolder({ 'images.lock.yaml': lock });
    const argv = [...verb.split(' '), '-'];
    const empty = await folder.runWith({ input: '# nothing\n' }, ...argv);
    expect(empty).toMatchObject({ code: 2, stdout: '' });
    expect(empty.stderr).toMatch(/^pindrift: stdin is empty: [^\n]+\n$/);
    const foreign = await folder.runWith({ input: 'Error: boom\n' }, ...argv);
    expect(foreign).toMatchObject({ code: 2, stdout: '' });
    expect(foreign.stderr).toMatch(/^pindrift: stdin holds no manifest: [^\n]+\n$/);
  },
);
