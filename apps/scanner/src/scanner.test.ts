import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { pod } from './testing/pod.ts';
import { scanner } from './testing/scanner.ts';

const DAY = 24 * 60 * 60 * 1000;
const NIGHT = Date.parse('2026-11-01T03:00:00Z');
const [old, fresh] = [image({ layers: ['old'] }), image({ layers: ['new'] })];

const SCHEMA = new URL('../schemas/scan.schema.json', import.meta.resolve('@pindrift/report'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(fileURLToPath(SCHEMA), 'utf8')),
);

/** A registry and a folder with one image that is pinned to what its tag names. */
async function start() {
  const registry = await startRegistry();
  const folder = await temporaryFolder();
  registry.push('web', '1', old);
  registry.push('web', undefined, fresh);
  const web = registry.reference('web', '1');
  await folder.write('k8s/web.yaml', pod(`${web}@${old.digest}`));
  return {
    registry,
    folder,
    web,
    async [Symbol.asyncDispose]() {
      await registry.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('a night with nothing to report ends with 0, and logs each step as one line', async () => {
  await using fleet = await start();
  const { code, stdout, stderr } = await scanner(fleet.folder.path, ['k8s']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '1 image in 1 file: 1 current\n' });
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const at = { time: '2026-11-21T03:00:00.000Z', level: 'info' };
  expect(lines).toEqual([
    { ...at, step: 'listed', files: 1 },
    { ...at, step: 'read', files: 1, images: 1 },
    { ...at, step: 'asked', tags: 1, digests: 0 },
    { ...at, step: 'stored', observations: 1 },
  ]);
});

test('the store gives a tag that moved its age, and --settle says when that counts', async () => {
  await using fleet = await start();
  const night = (day: number, ...more: readonly string[]) =>
    scanner(fleet.folder.path, ['k8s', '--fail-on', 'stale', ...more], { now: NIGHT + day * DAY });
  expect((await night(0)).code).toBe(0);
  fleet.registry.move('web', '1', fresh);
  expect((await night(1)).stdout).toBe('1 image in 1 file: 1 settling\n');
  expect((await night(3)).code).toBe(0);
  expect((await night(3, '--settle', '1d')).code).toBe(1);
  const { code, stdout } = await night(5, '--format', 'json');
  expect(code).toBe(1);
  const document = JSON.parse(stdout);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({
    images: [{ state: 'behind', since: '2026-11-02T03:00:00.000Z', current: fresh.digest }],
    findings: [{ code: 'stale', expected: fresh.digest }],
    summary: { images: 1, behind: 1, warnings: 1, codes: { stale: 1 } },
  });
  expect((await night(5, '--store', 'none')).stdout).toContain('k8s/web.yaml:7:12  warning: stale');
});

test('a registry that is down makes everything unknown, and the exit code 2', async () => {
  await using fleet = await start();
  fleet.registry.fault({ does: status(401) });
  const { code, stdout } = await scanner(fleet.folder.path, ['k8s', '--fail-on', 'none']);
  expect(code).toBe(2);
  expect(stdout).toContain('could not resolve: it does not exist or needs a login');
  expect(stdout.endsWith('1 image in 1 file: 1 unknown; 1 error\n')).toBe(true);
});

describe('fleet.yaml', () => {
  test('says what is scanned and how, and its paths are its own', async () => {
    await using fleet = await start();
    await fleet.folder.write(
      'etc/fleet.yaml',
      readme('yaml').replace('[clusters, ../shop/deploy]', '[../k8s]'),
    );
    const env = { REGISTRY_TOKEN: 'hunter2' };
    const { code, stdout, stderr } = await scanner(
      fleet.folder.path,
      ['--config', 'etc/fleet.yaml'],
      { env },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 image in 1 file: 1 current\n' });
    expect(stderr).not.toContain('hunter2');
    expect(
      readFileSync(join(fleet.folder.path, 'etc/pindrift.sqlite')).subarray(0, 6).toString(),
    ).toBe('SQLite');
  });

  test('is refused with its line where something in it is not known', async () => {
    await using folder = await temporaryFolder();
    await folder.write('fleet.yaml', 'sources: [.]\nsetle: 3d\n');
    const unknown = await scanner(folder.path, ['--config', 'fleet.yaml']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('fleet.yaml:2:1: setle: unknown key; did you mean settle?');
    await folder.write('fleet.yaml', 'failOn: [stael]\n');
    expect((await scanner(folder.path, ['--config', 'fleet.yaml'])).stderr).toContain(
      'fleet.yaml:1:10',
    );
    const none = await scanner(folder.path, ['--config', 'none.yaml']);
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('none.yaml: could not be read'),
    });
  });
});

test.each([
  [[], 'name the folders to scan'],
  [['--settle', 'soon', '.'], 'such as 72h'],
  [['--fail-on', 'stael', '.'], 'There is no finding stael'],
  [['--stor', 'x', '.'], 'Did you mean --store?'],
  [['--store', '/no/such/folder/x', '.'], '/no/such/folder/x: the store cannot be used'],
])('%j is bad usage, and says why', async (argv, reason) => {
  await using folder = await temporaryFolder();
  const { code, stdout, stderr } = await scanner(folder.path, argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(reason);
});

test('--help and --version are no scan', async () => {
  const help = await scanner('/', ['--help']);
  expect(help.code).toBe(0);
  for (const option of readme('').match(/--[a-z-]+/g) ?? []) expect(help.stdout).toContain(option);
  expect(await scanner('/', ['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
});

test('names of files that a terminal would act on reach neither the report nor the log', async () => {
  await using fleet = await start();
  const { path } = fleet.folder;
  await fleet.folder.write('k8s/\u001b[2J\u009b31m\u202e.yaml', pod('nginx@sha256:12', fleet.web));
  await symlink('/etc/hostname', join(path, 'k8s/\u001b]0;x\u0007\u009b.yaml'));
  for (const more of [[], ['--format', 'json']]) {
    const { stdout, stderr } = await scanner(path, ['k8s', ...more]);
    expect(stdout + stderr).toContain('31m');
    expect(stderr).toContain('"step":"note"');
    expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
  }
  const { stderr } = await scanner(path, ['k8s', '--offline'], { isTTY: true });
  expect(stderr).not.toContain('\u009b');
  expect(stderr).not.toContain('\u0007');
});

test('on a terminal it shows how far it is, and what it was told of links', async () => {
  await using fleet = await start();
  const { stderr } = await scanner(fleet.folder.path, ['k8s', '--no-color'], { isTTY: true });
  expect(stderr).toContain('reading');
  expect(stderr).toContain('asking registries');
  // Lines are wrapped as before, also where it is killed.
  expect(stderr).not.toContain('\u001b[?7l');
  expect((await scanner(fleet.folder.path, ['k8s', '-q'], { isTTY: true })).stderr).toBe('');
});

/** The first block of that language in the README. */
function readme(language: string): string {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? '';
}
