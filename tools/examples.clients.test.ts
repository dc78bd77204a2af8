import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { client, type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXAMPLE_LIST, EXAMPLES, type Example, type Render } from './example-list.ts';
import { type ExampleRegistry, startExampleRegistry } from './example-registry.ts';
import { layOutOurPrograms } from './our-programs.ts';

let world: ExampleRegistry;
beforeAll(async () => {
  world = await startExampleRegistry();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A copy of all examples, and a shell in one of them with real programs and ours on PATH. */
function open(name: string, programs: Render['programs']): Copy {
  const folder = workFolder({ 'home/.keep': '' });
  layOutOurPrograms(folder);
  mkdirSync(join(folder, 'real'));
  for (const [binary, wanted] of Object.entries(programs)) {
    symlinkSync(client(wanted), join(folder, 'real', binary));
  }
  cpSync(EXAMPLES, join(folder, 'examples'), { recursive: true });
  const cwd = join(folder, 'examples', name);
  const PATH = [join(folder, 'bin'), join(folder, 'real'), process.env.PATH].join(delimiter);
  const env = { ...world.env, ...helmHome(folder), PATH, GENERATE: generateCommand() };
  return {
    cwd,
    plugin: join(folder, 'pindrift-helm-plugin'),
    run: (command) => run('bash', ['-euo', 'pipefail', '-c', command], { cwd, env }),
  };
}

interface Copy {
  readonly cwd: string;
  /** Of ours, for Helm 4. */
  readonly plugin: string;
  run(command: string): Promise<Outcome>;
}

function helmHome(folder: string): Record<string, string> {
  return {
    HOME: join(folder, 'home'),
    HELM_DATA_HOME: join(folder, 'helm/data'),
    HELM_CONFIG_HOME: join(folder, 'helm/config'),
    HELM_CACHE_HOME: join(folder, 'helm/cache'),
    HELM_PLUGINS: join(folder, 'helm/data/plugins'),
  };
}

/** What Argo CD runs in the folder of an application. */
function generateCommand(): string {
  const plugin = parse(readFileSync(join(EXAMPLES, 'argocd/plugin.yaml'), 'utf8')) as {
    spec: { generate: { args: string[] } };
  };
  return plugin.spec.generate.args[0] ?? '';
}

async function prepared(example: Example, render: Render): Promise<Copy> {
  const copy = open(example.name, render.programs);
  if (render.programs.helm === 'helm4') {
    const { code, stderr } = await copy.run(`helm plugin install ${copy.plugin}`);
    expect(code, stderr).toBe(0);
  }
  return copy;
}

describe.each(EXAMPLE_LIST)('examples/$name', (example) => {
  test.each(example.renders)('renders $rendered, byte for byte', async (render) => {
    const copy = await prepared(example, render);
    const { code, stdout, stderr } = await copy.run(render.script);
    expect(code, stderr).toBe(0);
    const file = join(EXAMPLES, example.name, render.rendered);
    if (process.env.UPDATE_CASES === '1') writeFileSync(file, stdout);
    expect(stdout.toString()).toBe(readFileSync(file, 'utf8'));
  });

  test.each(example.renders)('its script finds nothing to change in the lock', async (render) => {
    const { cwd, ...copy } = await prepared(example, render);
    const { code, stdout, stderr } = await copy.run('./lock.sh --update');
    expect(code, stderr).toBe(0);
    expect(stdout.toString()).toMatch(/^lock: \d+ unchanged\n$/);
    const lock = join(EXAMPLES, example.name, example.lock);
    if (process.env.UPDATE_CASES === '1') cpSync(join(cwd, example.lock), lock);
    expect(readFileSync(join(cwd, example.lock), 'utf8')).toBe(readFileSync(lock, 'utf8'));
  });
});

describe('examples/kustomize', () => {
  test('does not render what the lock lacks', async () => {
    const copy = open('kustomize', { kustomize: 'kustomize' });
    const edit = 'sed -i s/1.4.3/9.9.9/ overlays/production/kustomization.yaml';
    const { code, stdout, stderr } = await copy.run(`${edit} && ./render.sh`);
    expect(code).not.toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toContain('registry.example.com/shop/web:9.9.9 has no entry');
  });
});

describe('examples/helm', () => {
  test('check shows the hook that Helm 3 did not hand over, where the values do not pin it', async () => {
    const copy = open('helm', { helm: 'helm3' });
    const command = "sed -i 's/ --values values-helm3.yaml//' render-helm3.sh && ./render-helm3.sh";
    const { code, stdout } = await copy.run(`${command} | pindrift check -`);
    expect(code).toBe(1);
    expect(stdout.toString()).toContain('Job shop-migrate');
    expect(stdout.toString()).toContain('3 images: 2 pinned, 1 unpinned; 1 error\n');
  });
});

describe('examples/flux', () => {
  test('kubectl kustomize pins it with no function at all', async () => {
    const copy = open('flux', { kubectl: 'kubectl' });
    const { code, stdout, stderr } = await copy.run('kubectl kustomize apps');
    expect(code, stderr).toBe(0);
    expect(stdout.toString()).toBe(readFileSync(join(EXAMPLES, 'flux/rendered.yaml'), 'utf8'));
  });
});

describe('examples/argocd', () => {
  test('the sidecar renders and pins a chart, hooks as well', async () => {
    const copy = open('argocd', { helm: 'helm4' });
    const { code, stdout, stderr } = await copy.run(
      'cp ../helm/images.lock.yaml ../helm/shop/ && cd ../helm/shop && ARGOCD_APP_NAME=shop ARGOCD_APP_NAMESPACE=shop eval "$GENERATE"',
    );
    expect(code, stderr).toBe(0);
    expect(stdout.toString().match(/@sha256:/g)).toHaveLength(3);
  });
});
