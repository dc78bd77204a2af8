/**
 * The texts that the benches run on, generated from a seed: the same bytes on every machine.
 * Shapes and sizes follow what real clusters render: a Helm stream of 20,000 documents (60 %
 * workloads, 20 % ConfigMaps, half of which embed manifests) and a ResourceList of 5,000 items.
 */
import { digestOf, LIST, type Random, resource, STREAM } from './resources.ts';

export interface Corpus {
  readonly text: string;
  /** Canonical `name:tag` to digest, for every image in the text. */
  readonly lock: ReadonlyMap<string, string>;
}

export const SEED = 20_260_801;

/** What `helm template` would hand to a post-renderer. */
export function helmStream(documents: number): Corpus {
  const random = generator(SEED);
  const lock = new Map<string, string>();
  const parts: string[] = [];
  for (let i = 0; i < documents; i++) {
    parts.push(`---\n# Source: fleet/charts/app-${i % 40}/templates/${i}.yaml\n`);
    parts.push(resource(i, random, lock, STREAM));
  }
  return { text: parts.join(''), lock };
}

/** What kustomize would hand to a function; the lock is its functionConfig. */
export function resourceList(items: number): Corpus {
  const random = generator(SEED + 1);
  const lock = new Map<string, string>();
  const parts = ['apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n'];
  for (let i = 0; i < items; i++) {
    parts.push(asItem(resource(i, random, lock, LIST)));
  }
  parts.push('functionConfig:\n', indent(functionConfig(lock), '  '));
  return { text: parts.join(''), lock };
}

/** One small, already pinned Deployment in a ResourceList: the no-op that start-up is timed on. */
export function noOp(): Corpus {
  const image = 'registry.example/team/app-1:1.0.0';
  const lock = new Map([[image, digestOf(image)]]);
  const item = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: ${image}@${digestOf(image)}
        name: app
`;
  const text = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
${asItem(item)}functionConfig:
${indent(functionConfig(lock), '  ')}`;
  return { text, lock };
}

/** The lock as a file, canonical form. */
export function lockText(lock: ReadonlyMap<string, string>): string {
  const entries = [...lock]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([image, digest]) => `  - image: ${image}
    digest: ${digest}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms: [linux/amd64, linux/arm64]
`,
    );
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  images:
${entries.join('')}`;
}

/** The lock as kustomize hands it on: comments gone, keys sorted, block style. */
function functionConfig(lock: ReadonlyMap<string, string>): string {
  const entries = [...lock].map(
    ([image, digest]) => `  - digest: ${digest}
    image: ${image}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms:
    - linux/amd64
    - linux/arm64
`,
  );
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  annotations:
    config.kubernetes.io/local-config: "true"
  name: images
spec:
  images:
${entries.join('')}`;
}

function asItem(text: string): string {
  return `- ${indent(text, '  ').trimStart()}`;
}

function indent(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

/** Mulberry32: small, seeded, good enough to vary a corpus. */
function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
