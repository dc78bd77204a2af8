import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority, image, startRegistry } from '@pindrift/testing';
import { type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { LOCK, NGINX, PLUGIN, PROGRAM } from './testing/fixture.ts';

const POD = `---
# Source: web/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web   # the only one
  annotations:
    postrenderer.helm.sh/postrender-filename: 'web/templates/pod.yaml'
spec:
  containers:
  - name: web
    image: "nginx:1.27"
`;

const PINNED = POD.replace('nginx:1.27', `nginx:1.27@${NGINX}`);
const OTHER = POD.replace('nginx:1.27', 'ghcr.io/acme/api:2.0');

/** Runs the program in a folder that holds the lock. */
function render(
  input: string,
  args: readonly string[] = ['--lock', 'images.lock.yaml'],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const cwd = workFolder({ 'images.lock.yaml': LOCK });
  return run(process.execPath, [PROGRAM, ...args], { cwd, input, env });
}

describe('manifests', () => {
  test('are pinned, and every other byte stays', async () => {
    const { code, stdout, stderr } = await render(POD);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });

  test('that are pinned already stay as they are', async () => {
    const { code, stdout } = await render(PINNED);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });

  test('may name the same object twice, as a hook and a template do', async () => {
    const { code, stdout } = await render(POD + POD);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED + PINNED);
  });

  test.each(['', '\n', ' \r\n\n'])('that are blank (%j) stay blank under Helm 3', async (input) => {
    const { code, stdout } = await render(input);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(input);
  });

  test('that are comments only stay as they are', async () => {
    const input = '---\n# Source: web/templates/none.yaml\n';
    const { code, stdout } = await render(input);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(input);
  });

  test.each(['Error: boom\n', '<html></html>\n'])(
    'are what is expected; anything else is refused: %j',
    async (input) => {
      const { code, stdout, stderr } = await render(input);
      expect(code).toBe(2);
      expect(stdout).toHaveLength(0);
      expect(stderr).toMatch(/^pindrift-helm: stdin holds no manifest: /);
    },
  );

  test('that are blank become one comment under Helm 4, which refuses a blank answer', async () => {
    const { code, stdout } = await render('\n', undefined, { HELM_PLUGIN_NAME: 'pindrift-helm' });
    expect(code).toBe(0);
    expect(stdout.toString()).toBe('# pindrift-helm: no manifests\n');
  });
});

describe('the lock', () => {
  test('is named by an argument, or by the environment', async () => {
    const { code, stdout } = await render(POD, [], { PINDRIFT_LOCK: 'images.lock.yaml' });
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });

  test('that nobody names is not looked for', async () => {
    const { code, stdout, stderr } = await render(POD, []);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('pass --lock FILE or set PINDRIFT_LOCK');
  });

  test('that is not there is named, with the reason', async () => {
    const { code, stdout, stderr } = await render(POD, ['--lock', 'other.yaml']);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain(
      "pindrift-helm: other.yaml: there is no such lock; make it with 'pindrift lock'",
    );
  });
});

describe('an image that the lock lacks', () => {
  test('fails with the resource, the path and the command that adds it', async () => {
    const cwd = workFolder({ 'images.lock.yaml': LOCK });
    const args = [PROGRAM, '--lock', 'images.lock.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd, input: OTHER });
    expect(code).toBe(1);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain(
      '-:12:13: error: not-locked: Pod web, spec.containers[0].image: ghcr.io/acme/api:2.0',
    );
    expect(stderr).toContain(
      `help: pindrift lock --lock ${cwd}/images.lock.yaml --render 'helm template RELEASE CHART'\n`,
    );
  });

  test('stays as it is with --on-missing keep, and is said', async () => {
    const args = ['--lock', 'images.lock.yaml', '--on-missing', 'keep'];
    const { code, stdout, stderr } = await render(OTHER + POD, args);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(OTHER + PINNED);
    expect(stderr).toContain('-:12:13: warning: not-locked: ');
  });

  test('is recorded, and passed through, when renders are recorded', async () => {
    const record = join(workFolder(), 'record');
    const { code, stdout, stderr } = await render(OTHER, [], { PINDRIFT_RECORD: record });
    expect(stderr).toMatch(
      /^[^\n]*nothing is pinned: PINDRIFT_RECORD is set; recorded in [^\n]*\n$/,
    );
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(OTHER);
    expect(readFileSync(record, 'utf8')).toContain('ghcr.io/acme/api:2.0');
  });

  test.each(['images.lock.yaml', './images.lock.yaml'])(
    'is in no report that would take the place of the lock: %s',
    async (report) => {
      for (const input of [POD, OTHER, 'Error: boom\n']) {
        const cwd = workFolder({ 'images.lock.yaml': LOCK });
        const args = [PROGRAM, '--lock', 'images.lock.yaml', '--report', report];
        const { code, stdout, stderr } = await run(process.execPath, args, { cwd, input });
        expect(code).toBe(2);
        expect(stdout).toHaveLength(0);
        expect(stderr).toContain(`--report ${report}: it holds a lock or manifests`);
        expect(readFileSync(join(cwd, 'images.lock.yaml'), 'utf8')).toBe(LOCK);
      }
    },
  );

  test('is in the report', async () => {
    const report = join(workFolder(), 'report.json');
    await render(OTHER, undefined, { PINDRIFT_REPORT: report });
    const written = JSON.parse(readFileSync(report, 'utf8')) as unknown;
    expect(written).toMatchObject({
      findings: [{ code: 'not-locked', kind: 'Pod', name: 'web', line: 12, column: 13 }],
      summary: { images: 1, unpinned: 1, errors: 1 },
      error: '',
    });
  });
});

describe('a pindrift.yaml', () => {
  const CONFIG = 'ignore: [{pattern: "ghcr.io/acme/**", reason: built from this repository}]\n';

  test('is not looked for, and holds where it is named', async () => {
    const cwd = workFolder({ 'images.lock.yaml': LOCK, 'pindrift.yaml': CONFIG });
    const args = [PROGRAM, '--lock', 'images.lock.yaml'];
    const without = await run(process.execPath, args, { cwd, input: OTHER });
    expect(without.code).toBe(1);
    const named = [...args, '--config', 'pindrift.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, named, { cwd, input: OTHER });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(OTHER);
  });

  test('that is wrong is an exit code of 2, with file and line', async () => {
    const cwd = workFolder({ 'images.lock.yaml': LOCK, 'pindrift.yaml': 'ignored: []\n' });
    const args = [PROGRAM, '--lock', 'images.lock.yaml'];
    const env = { PINDRIFT_CONFIG: 'pindrift.yaml' };
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd, env, input: POD });
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('pindrift.yaml:1:1: ignored: unknown key; did you mean ignore?');
  });
});

describe('bad manifests', () => {
  test.each([
    ['half a document', `${POD}---\nkind: Pod\nspec: {containers: [{image: nginx`],
    ['a template that nobody filled in', POD.replace('nginx:1.27', 'nginx:{{ .Values.tag }}')],
    ['text in two bytes a character', Buffer.from(`\uFEFF${POD}`, 'utf16le').toString('latin1')],
  ])('refuse the whole render: %s', async (_title, input) => {
    const args = [PROGRAM, '--lock', 'images.lock.yaml'];
    const cwd = workFolder({ 'images.lock.yaml': LOCK });
    const bytes = Buffer.from(input, 'latin1');
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd, input: bytes });
    expect(code).toBeGreaterThan(0);
    expect(stdout).toHaveLength(0);
    expect(stderr).toMatch(/^-:\d+:\d+: error: (unreadable|templated): /);
  });

  test('do not show what is secret in them', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nstringData: {password: hunter2, image: [hunter2\n';
    const { code, stderr } = await render(secret);
    expect(code).toBeGreaterThan(0);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('mode resolve', () => {
  test('trusts the authority and sends the credentials that a pindrift.yaml names', async () => {
    const authority = await createAuthority();
    await using registry = await startRegistry({
      tls: await authority.server(),
      auth: { kind: 'basic', users: { shop: 'correct-horse' } },
    });
    const app = image();
    registry.push('team/app', 'v1', app);
    const web = registry.reference('team/app', 'v1');
    const cwd = workFolder({
      'images.lock.yaml': LOCK,
      'pindrift.yaml': `registries:
  "${registry.host}":
    ca: ca.pem
    credentials: {usernameEnv: SHOP_USER, passwordEnv: SHOP_PASSWORD}
`,
      'ca.pem': authority.certificate,
    });
    const args = ['--lock', 'images.lock.yaml', '--mode', 'resolve', '--config', 'pindrift.yaml'];
    const { stdout, stderr } = await run(process.execPath, [PROGRAM, ...args], {
      cwd,
      input: POD.replace('nginx:1.27', web),
      env: { SHOP_USER: 'shop', SHOP_PASSWORD: 'correct-horse' },
    });
    expect(stderr).toBe('');
    expect(stdout.toString()).toBe(POD.replace('nginx:1.27', `${web}@${app.digest}`));
  });
});

describe('arguments', () => {
  test.each([
    [['--lok', 'x'], "Unknown option '--lok'"],
    [['--mode', 'fast'], "--mode is locked or resolve, not 'fast'"],
    [['--on-missing', 'ignore'], "--on-missing is fail or keep, not 'ignore'"],
    [['images.lock.yaml'], "Unexpected argument 'images.lock.yaml'"],
  ])('that are wrong are an exit code of 2: %j', async (args, message) => {
    const { code, stdout, stderr } = await render(POD, args);
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain(message);
  });

  test('--help says what to type, --version which one it is', async () => {
    const help = await render('', ['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout.toString()).toContain('--post-renderer pindrift-helm');
    const version = await render('', ['--version']);
    expect(version.stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the Helm 4 plugin', () => {
  test('holds the program inside its folder, and its version', async () => {
    const description = readFileSync(join(PLUGIN, 'plugin.yaml'), 'utf8');
    const [, inside = ''] = /command: node \$\{HELM_PLUGIN_DIR\}\/(\S+)/.exec(description) ?? [];
    const program = join(PLUGIN, inside);
    expect(statSync(program).isFile()).toBe(true);
    const { stdout } = await run(process.execPath, [program, '--version'], {
      cwd: dirname(program),
    });
    expect(description).toContain(`\nversion: ${stdout.toString()}`);
  });
});
