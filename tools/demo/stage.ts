import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Content, image, index, startRegistry, type TestRegistry } from '@pindrift/testing';
import { IMAGES, manifests } from './manifests.ts';
import { findHelm, findKustomize, type Program } from './programs.ts';

/** Where the demo plays: a folder with manifests, a registry, and programs on a PATH of its own. */
export interface Stage extends AsyncDisposable {
  readonly folder: string;
  readonly registry: TestRegistry;
  readonly env: NodeJS.ProcessEnv;
  readonly kustomize: Program | undefined;
  readonly helm: Program | undefined;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Our programs, run from source: the demo needs no build. */
const OURS = {
  pindrift: 'apps/cli/src/main.ts',
  'pindrift-krm': 'apps/kustomize/src/main.ts',
  'pindrift-helm': 'apps/helm/src/main.ts',
} as const;

/** Helm 4 runs a post-renderer as a plugin; this one is laid out like the one that is packed. */
const PLUGIN = `apiVersion: v1
type: postrenderer/v1
name: pindrift-helm
version: 0.0.0
runtime: subprocess
runtimeConfig:
  platformCommand:
  - command: \${HELM_PLUGIN_DIR}/pindrift-helm
`;

/** Sets everything up; all of it is gone when the stage is disposed of. */
export async function openStage(): Promise<Stage> {
  const registry = await startRegistry();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pindrift-demo-')));
  const dispose = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    await registry.close();
  };
  try {
    for (const name of Object.values(IMAGES)) push(registry, name);
    for (const [path, text] of Object.entries(manifests(registry.host))) write(folder, path, text);
    const found = { kustomize: findKustomize(), helm: findHelm() };
    layOutPrograms(folder, found);
    return { folder, registry, ...found, env: environment(folder), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** An image for two platforms, the same bytes on every machine; `build` tells one from the next. */
export function build(name: string, number = 1): Content {
  const layers = [`${name}, build ${number}`];
  return index([image({ layers }), image({ layers, platform: 'linux/arm64' })]);
}

/** Writes a file, and the folders above it. */
export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function push(registry: TestRegistry, name: string): void {
  const [repository = '', tag] = name.split(':');
  registry.push(repository, tag, build(name));
}

function layOutPrograms(folder: string, found: Pick<Stage, 'kustomize' | 'helm'>): void {
  for (const [name, source] of Object.entries(OURS)) {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, source)}' "$@"\n`;
    write(folder, join('bin', name), script);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  for (const [name, program] of Object.entries(found)) {
    if (program !== undefined) symlinkSync(program.path, join(folder, 'bin', name));
  }
  write(folder, 'plugin/plugin.yaml', PLUGIN);
  symlinkSync('../bin/pindrift-helm', join(folder, 'plugin/pindrift-helm'));
}

/** Nobody's Helm is touched, and no setting of whoever runs the demo changes what it shows. */
function environment(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:PINDRIFT_|HELM_|KUSTOMIZE_|npm_|[A-Za-z]+_PROXY$|[a-z]+_proxy$)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    HELM_DATA_HOME: join(folder, 'helm/data'),
    HELM_CONFIG_HOME: join(folder, 'helm/config'),
    HELM_CACHE_HOME: join(folder, 'helm/cache'),
    HELM_PLUGINS: join(folder, 'helm/data/plugins'),
  };
}
