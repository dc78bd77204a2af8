import { accessSync, constants, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { EXAMPLE_LIST, EXAMPLES } from './example-list.ts';
import { type ExampleRegistry, startExampleRegistry } from './example-registry.ts';
import { layOutOurPrograms } from './our-programs.ts';

/** Each test starts a program or two; milliseconds. */
const PATIENCE = 60_000;

let world: ExampleRegistry;
beforeAll(async () => {
  world = await startExampleRegistry();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Runs a shell command in a copy of the example, which is returned with the outcome. */
async function inExample(
  name: string,
  command: string,
  scripts: Readonly<Record<string, string>> = {},
): Promise<Outcome & { readonly folder: string }> {
  const folder = workFolder(scripts);
  layOutOurPrograms(folder);
  cpSync(EXAMPLES, join(folder, 'examples'), { recursive: true });
  const cwd = join(folder, 'examples', name);
  const env = { ...world.env, ...homeIn(folder) };
  const outcome = await run('bash', ['-c', command], { cwd, env });
  return { ...outcome, folder: cwd };
}

/** Our programs, and a home of its own for what they keep. */
function homeIn(folder: string): Readonly<Record<string, string>> {
  return {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
    HOME: join(folder, 'home'),
    XDG_CACHE_HOME: '',
  };
}

function said({ stdout, stderr }: Outcome): string {
  return `${stdout}${stderr}`;
}

describe('the examples', () => {
  test('are all held against their lock', () => {
    const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map(({ name }) => name).toSorted()).toEqual(
      EXAMPLE_LIST.map(({ name }) => name).toSorted(),
    );
  });

  test('are all in their README', () => {
    const readme = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
    for (const { name } of EXAMPLE_LIST) expect.soft(readme).toContain(`](${name}/)`);
  });

  test.each(files('.yaml'))('%s is YAML', (file) => {
    const documents = parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8'));
    expect([...documents].flatMap(({ errors }) => errors)).toEqual([]);
  });

  test.each(files('.sh'))('%s can be run', async (file) => {
    accessSync(join(EXAMPLES, file), constants.X_OK);
    const { code, stderr } = await run('sh', ['-n', join(EXAMPLES, file)]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe.each(EXAMPLE_LIST)('examples/$name', { timeout: PATIENCE }, ({ name, lock, renders }) => {
  test.each(renders)(
    'check finds all of $rendered pinned as the lock says',
    async ({ rendered }) => {
      const outcome = await inExample(name, `pindrift check --lock ${lock} ${rendered}`);
      expect(outcome.code, said(outcome)).toBe(0);
      expect(outcome.stdout.toString()).toMatch(/^(\d+) images?: \1 pinned\n$/);
    },
  );

  test.each(renders)(
    'the lock is what would be written now for $rendered',
    async ({ rendered }) => {
      const command = `pindrift lock --lock ${lock} --update --prune --frozen - < ${rendered}`;
      const outcome = await inExample(name, command);
      expect(outcome.code, said(outcome)).toBe(0);
      expect(outcome.stdout.toString()).toMatch(/^lock: \d+ unchanged\n$/);
    },
  );

  test.each(renders)(
    'pinning makes $rendered again of what has no digests',
    async ({ rendered }) => {
      const pinned = readFileSync(join(EXAMPLES, name, rendered), 'utf8');
      const bare = withoutDigests(pinned, readFileSync(join(EXAMPLES, name, lock), 'utf8'));
      expect(bare).not.toBe(pinned);
      const command = `pindrift pin --lock ${lock} - <<'EOF'\n${bare}EOF`;
      const outcome = await inExample(name, command);
      expect(outcome.code, outcome.stderr).toBe(0);
      expect(outcome.stdout.toString()).toBe(pinned);
    },
  );
});

/** Takes away the digests of the images that the lock holds; a hook of Helm 3 has its own. */
function withoutDigests(text: string, lock: string): string {
  const images = [...lock.matchAll(/^ {2}- image: (.*)$/gm)].map(([, image = '']) => image);
  return images.reduce(
    (bare, image) =>
      bare.replaceAll(new RegExp(`${image.replaceAll('.', '\\.')}@sha256:[0-9a-f]+`, 'g'), image),
    text,
  );
}

describe('examples/kpt', () => {
  test('only the digests tell what is rendered from what was written', () => {
    const rendered = readFileSync(join(EXAMPLES, 'kpt/rendered.yaml'), 'utf8');
    const written = readFileSync(join(EXAMPLES, 'kpt/shop/web.yaml'), 'utf8');
    expect(rendered.replaceAll(/@sha256:[0-9a-f]{64}/g, '')).toBe(written);
  });
});

describe('examples/flux', { timeout: PATIENCE }, () => {
  test('the committed images: are what export writes', async () => {
    const outcome = await inExample('flux', 'pindrift export --to kustomize');
    expect(outcome.code, said(outcome)).toBe(0);
    const committed = readFileSync(join(EXAMPLES, 'flux/apps/kustomization.yaml'), 'utf8');
    expect(committed.slice(committed.indexOf('\nimages:') + 1)).toBe(outcome.stdout.toString());
  });

  test('its script brings both to the same state again', async () => {
    const { code, folder, ...outcome } = await inExample(
      'flux',
      'rm images.lock.yaml && ./lock.sh',
    );
    expect(code, outcome.stderr).toBe(0);
    for (const file of ['images.lock.yaml', 'apps/kustomization.yaml']) {
      const written = readFileSync(join(folder, file), 'utf8');
      expect(written).toBe(readFileSync(join(EXAMPLES, 'flux', file), 'utf8'));
    }
  });
});

describe('examples/kpt/lock.sh', { timeout: PATIENCE }, () => {
  test('makes the lock that is committed', async () => {
    const { code, folder, ...outcome } = await inExample(
      'kpt',
      'rm shop/images.lock.yaml && ./lock.sh',
    );
    expect(code, outcome.stderr).toBe(0);
    const written = readFileSync(join(folder, 'shop/images.lock.yaml'), 'utf8');
    expect(written).toBe(readFileSync(join(EXAMPLES, 'kpt/shop/images.lock.yaml'), 'utf8'));
  });
});

describe('examples/argocd', { timeout: PATIENCE }, () => {
  const plugin = parse(readFileSync(join(EXAMPLES, 'argocd/plugin.yaml'), 'utf8')) as {
    spec: { generate: { command: string[]; args: string[] } };
  };
  const { command, args } = plugin.spec.generate;

  function generate(kustomize: string): Promise<Outcome> {
    const folder = workFolder();
    layOutOurPrograms(folder);
    writeFileSync(join(folder, 'bin/kustomize'), `#!/bin/sh\n${kustomize}\n`, { mode: 0o755 });
    const env = homeIn(folder);
    const cwd = join(EXAMPLES, 'argocd/app');
    return run(command[0] ?? '', [...command.slice(1), ...args], { cwd, env });
  }

  test('the sidecar pins what kustomize prints', async () => {
    const { code, stdout, stderr } = await generate('cat deployment.yaml');
    expect(code, stderr).toBe(0);
    expect(stdout.toString()).toContain('image: registry.example.com/shop/web:1.4.2@sha256:');
  });

  test('the sidecar fails where kustomize does, and deletes nothing', async () => {
    const { code, stdout } = await generate('cat deployment.yaml; exit 1');
    expect(code).not.toBe(0);
    expect(stdout.toString()).not.toBe('');
  });

  test('the sidecar fails without a byte where the lock lacks an image', async () => {
    const { code, stdout, stderr } = await generate('sed s/1.4.2/9.9.9/ deployment.yaml');
    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('shop/web:9.9.9 has no entry in images.lock.yaml');
  });

  test('the sidecar itself is pinned', async () => {
    const outcome = await inExample('argocd', 'pindrift check repo-server-patch.yaml');
    expect(outcome.code, said(outcome)).toBe(0);
    const containerfile = readFileSync(join(EXAMPLES, 'argocd/Containerfile'), 'utf8');
    const from = containerfile.split('\n').filter((line) => line.startsWith('FROM '));
    expect(from.every((line) => line.includes('@sha256:'))).toBe(true);
  });
});

/** Paths of the examples' files with this ending; templates of charts are no YAML. */
function files(ending: string): string[] {
  return readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('templates'))
    .toSorted();
}
