import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { workFolder } from '@pindrift/testing/programs';

/** The program as it is shipped; `npm run build` makes it. */
export const PROGRAM: string = resolve(import.meta.dirname, '../../dist/pindrift-krm.cjs');

export const NGINX: string = digest('1');
export const BUSYBOX: string = digest('2');
export const REDIS: string = digest('3');

/** A lock with the images of the tests. */
export function lock(exec: string): string {
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
  annotations:
    config.kubernetes.io/local-config: "true"
    config.kubernetes.io/function: |
      ${exec.replaceAll('\n', '\n      ')}
spec:
  images:
  - image: docker.io/library/busybox:1.36
    digest: ${BUSYBOX}
  - image: docker.io/library/nginx:1.27
    digest: ${NGINX}
  - image: registry.example/team/redis:7.2
    digest: ${REDIS}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms: [linux/amd64, linux/arm64]
`;
}

export const BY_NAME = 'exec:\n  path: pindrift-krm';

export function deployment(name: string, image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
      - name: app
        image: ${image}
        envFrom:
        - configMapRef: {name: settings}
`;
}

/** What kustomize sends for one Deployment, with the lock as functionConfig. */
export function resourceList(...images: readonly string[]): Buffer {
  const items = images.map((image, index) => asItem(deployment(`web-${index}`, image)));
  const config = lock(BY_NAME).replaceAll(/^(?=.)/gm, '  ');
  const head = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n';
  return Buffer.from(`${head}${items.join('')}functionConfig:\n${config}`);
}

/** The same with as many Deployments as fit into so many bytes. */
export function large(bytes: number): Buffer {
  const one = asItem(deployment('web-000', 'nginx:1.27')).length;
  return resourceList(...Array.from({ length: Math.ceil(bytes / one) }, () => 'nginx:1.27'));
}

function asItem(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ').replace('  ', '- ');
}

/** `PATH` with the program on it under its own name, and whatever else is given as scripts. */
export function pathWith(scripts: Readonly<Record<string, string>> = {}): string {
  const folder = workFolder(scripts);
  for (const name of Object.keys(scripts)) chmodSync(join(folder, name), 0o755);
  symlinkSync(PROGRAM, join(folder, 'pindrift-krm'));
  return `${folder}${delimiter}${process.env.PATH}`;
}

/** The text without the digests of the fixture: what went in, if only they were inserted. */
export function unpinned(text: Buffer): string {
  return text.toString('latin1').replaceAll(/@sha256:([123])\1{63}/g, '');
}

function digest(character: string): string {
  return `sha256:${character.repeat(64)}`;
}
