import { posix } from 'node:path';
import type { Kustomization, Layout } from './layout.ts';

/** One thing for the user to do; `text` is what to add or to type, as it stands. */
export interface Step {
  readonly title: string;
  readonly text: string;
}

/** The settings file of an overlay that may not list a lock outside its own folder. */
const PIN_IMAGES = 'pin-images.yaml';

/** What to add where, so that everything that renders here renders pinned from the lock. */
export function adviceFor(layout: Layout, lockFile: string): Step[] {
  const steps = [
    ...layout.kustomizations.flatMap((one) => kustomizationSteps(one, lockFile)),
    ...layout.charts.flatMap((chart) => chartSteps(chart, lockFile)),
    ...layout.packages.flatMap((folder) => kptSteps(folder, lockFile)),
  ];
  if (steps.length > 0) return steps;
  return [
    { title: 'Pin the files themselves:', text: 'pindrift pin --write .' },
    { title: 'Keep them pinned, in CI:', text: 'pindrift check .' },
  ];
}

function kustomizationSteps({ folder, file }: Kustomization, lockFile: string): Step[] {
  const relative = posix.relative(folder, lockFile);
  const build = `kustomize build --enable-alpha-plugins --enable-exec ${folder}`;
  const steps = [
    {
      title: 'Fill the lock with what it renders, and render pinned:',
      text: `pindrift lock --render '${build}'\n${build}`,
    },
  ];
  const list = (name: string): Step => ({
    title: `Add to ${posix.join(folder, file)}:`,
    text: `transformers:\n- ${name}`,
  });
  if (!relative.startsWith('../')) return [list(relative), ...steps];
  // kustomize reads no file outside the folder of the kustomization; our function does.
  return [
    { title: `Write ${posix.join(folder, PIN_IMAGES)}:`, text: pinImages(relative) },
    list(PIN_IMAGES),
    ...steps,
  ];
}

function pinImages(lock: string): string {
  return `apiVersion: pindrift.dev/v1alpha1
kind: PinImages
metadata:
  name: pin-images
  annotations:
    config.kubernetes.io/local-config: "true"
    config.kubernetes.io/function: |
      exec:
        path: pindrift-krm
spec:
  lock: ${lock}`;
}

function chartSteps(chart: string, lockFile: string): Step[] {
  const template = `helm template RELEASE ${chart === '.' ? '.' : `./${chart}`}`;
  return [
    {
      title: `Fill the lock with what the chart in ${chart} renders, with your values:`,
      text: `${template} | pindrift lock --lock ${lockFile} -`,
    },
    {
      title: 'Render pinned with Helm 3; the same flags for install, upgrade and diff:',
      text: `${template} --post-renderer pindrift-helm --post-renderer-args=--lock --post-renderer-args=${lockFile}`,
    },
    {
      title: 'Render pinned with Helm 4, when its plugin is installed:',
      text: `PINDRIFT_LOCK=${lockFile} ${template} --post-renderer pindrift-helm`,
    },
  ];
}

function kptSteps(folder: string, lockFile: string): Step[] {
  const config = posix.relative(folder, lockFile);
  const inside = !config.startsWith('../');
  const pipeline = `pipeline:\n  mutators:\n  - exec: pindrift-krm\n    configPath: ${config}`;
  const render: Step = { title: 'Render it:', text: `kpt fn render --allow-exec ${folder}` };
  if (inside)
    return [{ title: `Add to ${posix.join(folder, 'Kptfile')}:`, text: pipeline }, render];
  return [
    {
      title: `Pin the kpt package in ${folder}:`,
      text: `kpt fn eval ${folder} --exec pindrift-krm --fn-config ${lockFile}`,
    },
  ];
}
