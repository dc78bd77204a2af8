import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { client, run, workFolder } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPage } from './docs/pages.ts';
import { type ExampleRegistry, exampleImage, startExampleRegistry } from './example-registry.ts';
import { layOutOurPrograms } from './our-programs.ts';

const WEB = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
`;

/** The kustomization lists the lock no more. */
const UNLISTED = `printf 'resources:\\n- web.yaml\\n' > k8s/kustomization.yaml`;

/** What a recipe runs on every change, and what it runs each night, line by line. */
interface Recipe {
  readonly name: string;
  /** How the system starts a shell for them; neither has pipefail. */
  readonly shell: readonly string[];
  readonly change: readonly string[];
  readonly night: readonly string[];
}

const RECIPES = readRecipes(readPage('docs/ci.md'));
const RENDERING = RECIPES.filter(({ change }) => change.some((line) => /> ?rendered/.test(line)));

let world: ExampleRegistry;
beforeAll(async () => {
  world = await startExampleRegistry();
});
afterAll(() => world[Symbol.asyncDispose]());

function readRecipes(page: string): readonly Recipe[] {
  const [github, gitlab, hooks] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
    ([, block = '']) => parse(block),
  );
  const steps = (github.jobs.pinned.steps as { run?: string; if?: string }[]).filter(
    ({ run = 'npm' }) => !run.startsWith('npm '),
  );
  const lines = (nightly: boolean): string[] =>
    steps.filter((step) => (step.if !== undefined) === nightly).map((step) => step.run ?? '');
  return [
    { name: 'GitHub Actions', shell: ['bash', '-e'], change: lines(false), night: lines(true) },
    {
      name: 'GitLab CI',
      shell: ['sh', '-e'],
      change: gitlab.images.script,
      night: gitlab.drift.script,
    },
    { name: 'pre-commit', shell: ['sh'], change: [hooks.repos[0].hooks[0].entry], night: [] },
  ];
}

/** A repository with its lock in `k8s/`, as the page supposes; `edit` is done behind locking. */
async function play(
  { shell: [program = '', ...options] }: Recipe,
  lines: readonly string[],
  edit: string | (() => void) = ':',
): Promise<{ readonly code: number | null; readonly said: string }> {
  const cwd = workFolder({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'k8s/kustomization.yaml': 'resources:\n- web.yaml\n',
    'k8s/web.yaml': WEB,
    'home/.keep': '',
  });
  layOutOurPrograms(join(cwd, 'home'));
  mkdirSync(join(cwd, 'home/real'));
  symlinkSync(client('kustomize'), join(cwd, 'home/real/kustomize'));
  const PATH = [join(cwd, 'home/bin'), join(cwd, 'home/real'), process.env.PATH].join(delimiter);
  const env = { ...world.env, HOME: join(cwd, 'home'), PATH };
  const lock = await run('pindrift', ['lock', 'k8s', '--lock', 'k8s/images.lock.yaml'], {
    cwd,
    env,
  });
  expect(lock.code, lock.stderr).toBe(0);
  const listed = `${readFileSync(join(cwd, 'k8s/kustomization.yaml'))}transformers:\n- images.lock.yaml\n`;
  writeFileSync(join(cwd, 'k8s/kustomization.yaml'), listed);
  if (typeof edit === 'string') await run('sh', ['-ec', edit], { cwd, env });
  else edit();
  const script = lines.join('\n');
  const { code, stdout, stderr } = await run(program, [...options, '-c', script], { cwd, env });
  return { code, said: `${stdout}${stderr}` };
}

describe.each(RECIPES)('the recipe for $name', (recipe) => {
  test('passes where all is pinned', async () => {
    const { code, said } = await play(recipe, recipe.change);
    expect(code, said).toBe(0);
    expect(said).toContain('lock: 1 unchanged\n');
  });

  test('fails where the lock does not know an image', async () => {
    const { code, said } = await play(recipe, recipe.change, 'sed -i s/1.27/1.28/ k8s/web.yaml');
    expect(code).toBe(1);
    expect(said).toMatch(/not-locked: .*nginx:1\.28/);
  });
});

describe.each(RENDERING)('the recipe for $name', (recipe) => {
  test('fails where the render fails', async () => {
    const { code, said } = await play(recipe, recipe.change, 'rm k8s/web.yaml');
    expect(code).not.toBe(0);
    expect(said).toContain('web.yaml');
    expect(said).not.toContain('lock:');
  });

  test('fails where the function was not run', async () => {
    const { code, said } = await play(recipe, recipe.change, UNLISTED);
    expect(code).toBe(1);
    expect(said).toMatch(/unpinned: .*nginx:1\.27 has no digest; k8s\/images\.lock\.yaml knows it/);
  });

  test('fails where what is rendered is pinned to something else than the lock says', async () => {
    const other = exampleImage('library/nginx:1.28').digest;
    const edit = `sed -i 's/1.27/1.27@${other}/' k8s/web.yaml; ${UNLISTED}`;
    const { code, said } = await play(recipe, recipe.change, edit);
    expect(code).toBe(1);
    expect(said).toContain('mismatch: ');
  });
});

describe.each(RECIPES.filter(({ night }) => night.length > 0))(
  'each night, the recipe for $name',
  (recipe) => {
    test('passes as long as no tag has moved', async () => {
      const { code, said } = await play(recipe, recipe.night);
      expect(code, said).toBe(0);
    });

    test('fails when a tag has moved', async () => {
      const { code, said } = await play(recipe, recipe.night, () => push(2)).finally(() => push(1));
      expect(code).toBe(1);
      expect(said).toMatch(/k8s\/images\.lock\.yaml:.* stale: .*nginx:1\.27 is pinned to/);
    });
  },
);

function push(build: number): void {
  world.registry.move('library/nginx', '1.27', exampleImage('library/nginx:1.27', build));
}
