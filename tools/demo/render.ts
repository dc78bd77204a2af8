import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleImage } from '../example-registry.ts';
import { must } from './claim.ts';
import { IMAGES, recordedChart, recordedList } from './manifests.ts';
import type { Shell } from './shell.ts';
import { type Stage, write } from './stage.ts';

/** The commands that render pinned, which differ with what is on this machine. */
export interface Renders {
  /** Prints the chart as Helm renders it, unpinned. */
  readonly chart: string;
  readonly kustomize: string;
  readonly helm: string;
}

const OUTPUTS = ['web.rendered.yaml', 'worker.rendered.yaml'] as const;

/** By real kustomize and Helm where they are, else by our programs on what those would send. */
export async function prepareRenders(stage: Stage, shell: Shell): Promise<Renders> {
  write(stage.folder, 'recorded/chart.yaml', recordedChart(stage.registry.host));
  return {
    chart: stage.helm ? 'helm template worker ../chart' : 'cat ../recorded/chart.yaml',
    kustomize: stage.kustomize
      ? 'kustomize build --enable-alpha-plugins --enable-exec . > web.rendered.yaml'
      : 'pindrift-krm < ../recorded/list.yaml > web.rendered.yaml',
    helm: `${await helmCommand(stage, shell)} > worker.rendered.yaml`,
  };
}

/** Renders both; the functionConfig that is recorded for a machine without kustomize is the lock of now. */
export async function renderBoth(stage: Stage, shell: Shell, renders: Renders): Promise<void> {
  const lock = readFileSync(join(stage.folder, 'k8s/images.lock.yaml'), 'utf8');
  write(stage.folder, 'recorded/list.yaml', recordedList(stage.registry.host, lock));
  must((await shell.run(renders.kustomize)).code === 0, 'the manifests are rendered');
  must((await shell.run(renders.helm)).code === 0, 'the chart is rendered');
}

/** Every image is there, with the digest of its build; `web` is the number of the web image's. */
export function expectRendered(stage: Stage, web: number): void {
  const texts = OUTPUTS.map((file) => itemsOf(join(stage.folder, 'k8s', file)));
  const images = [...texts.join('').matchAll(/image: "?([^\s"]+)/g)].map(([, image]) => image);
  const expected = Object.values(IMAGES).map((name) => {
    const { digest } = exampleImage(name, name === IMAGES.web ? web : 1);
    return `${stage.registry.host}/${name}@${digest}`;
  });
  must(
    images.toSorted().join() === expected.toSorted().join(),
    'every image is rendered with the digest that the registry gave out for it',
  );
}

/** What kustomize would print of a ResourceList: not the lock behind the items. */
function itemsOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^functionConfig:[\s\S]*/m, '');
}

async function helmCommand(stage: Stage, shell: Shell): Promise<string> {
  if (stage.helm === undefined) {
    return 'pindrift-helm --lock images.lock.yaml < ../recorded/chart.yaml';
  }
  const command = 'helm template worker ../chart --post-renderer pindrift-helm';
  if (stage.helm.version.startsWith('v3.')) {
    return `${command} --post-renderer-args=--lock=images.lock.yaml`;
  }
  shell.heading('Helm 4 runs a post-renderer as a plugin');
  must(
    (await shell.run('helm plugin install ../pindrift-helm-plugin')).code === 0,
    'the plugin is installed',
  );
  return `PINDRIFT_LOCK=images.lock.yaml ${command}`;
}
