import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { startRegistry, type TestRegistry } from '@pindrift/testing';
import { exampleImage } from '../example-registry.ts';
import { layOutOurPrograms } from '../our-programs.ts';
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
    layOutOurPrograms(folder);
    linkPrograms(folder, found);
    return { folder, registry, ...found, env: environment(folder), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Writes a file, and the folders above it. */
export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function push(registry: TestRegistry, name: string): void {
  const [repository = '', tag] = name.split(':');
  registry.push(repository, tag, exampleImage(name));
}

function linkPrograms(folder: string, found: Pick<Stage, 'kustomize' | 'helm'>): void {
  for (const [name, program] of Object.entries(found)) {
    if (program !== undefined) symlinkSync(program.path, join(folder, 'bin', name));
  }
}

/** Nobody's Helm is touched, and no setting of whoever runs the demo changes what it shows. */
function environment(folder: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:PINDRIFT_|HELM_|KUSTOMIZE_|npm_|[A-Za-z]+_PROXY$|[a-z]+_proxy$)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    XDG_CACHE_HOME: join(folder, 'cache'),
    HELM_DATA_HOME: join(folder, 'helm/data'),
    HELM_CONFIG_HOME: join(folder, 'helm/config'),
    HELM_CACHE_HOME: join(folder, 'helm/cache'),
    HELM_PLUGINS: join(folder, 'helm/data/plugins'),
  };
}
