import { resolve } from 'node:path';

/** One folder of `examples/`: what is locked there, and what is rendered with it. */
export interface Example {
  readonly name: string;
  /** Path of the lock in the folder. */
  readonly lock: string;
  /** The script that renders, and the file that holds what it renders. */
  readonly renders: readonly Render[];
}

export interface Render {
  readonly script: string;
  readonly rendered: string;
  /** The real programs that the script runs, by name on PATH. */
  readonly programs: Readonly<Record<string, string>>;
}

export const EXAMPLES: string = resolve(import.meta.dirname, '../examples');

const kustomize = { kustomize: 'kustomize' };
const helm3 = { helm: 'helm3' };
const helm4 = { helm: 'helm4' };

/** Every example; the tests hold the folders against this list. */
export const EXAMPLE_LIST: readonly Example[] = [
  {
    name: 'kustomize',
    lock: 'overlays/production/images.lock.yaml',
    renders: [{ script: './render.sh', rendered: 'rendered.yaml', programs: kustomize }],
  },
  {
    name: 'helm',
    lock: 'images.lock.yaml',
    renders: [
      { script: './render-helm3.sh', rendered: 'rendered-helm3.yaml', programs: helm3 },
      { script: './render-helm4.sh', rendered: 'rendered-helm4.yaml', programs: helm4 },
    ],
  },
  {
    name: 'helmfile',
    lock: 'images.lock.yaml',
    renders: [{ script: './render.sh', rendered: 'rendered.yaml', programs: helm3 }],
  },
  {
    name: 'kpt',
    lock: 'shop/images.lock.yaml',
    renders: [
      {
        script: './render.sh && cat shop/web.yaml',
        rendered: 'rendered.yaml',
        programs: { kpt: 'kpt' },
      },
    ],
  },
  {
    name: 'argocd',
    lock: 'app/images.lock.yaml',
    renders: [
      { script: 'cd app && eval "$GENERATE"', rendered: 'rendered.yaml', programs: kustomize },
    ],
  },
  {
    name: 'flux',
    lock: 'images.lock.yaml',
    renders: [{ script: 'kustomize build apps', rendered: 'rendered.yaml', programs: kustomize }],
  },
];
