import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { workFolder } from '@pindrift/testing/programs';

/** The program as it is shipped, and its plugin folder; `npm run build` makes them. */
export const PROGRAM: string = resolve(import.meta.dirname, '../../dist/pindrift-helm.cjs');
export const PLUGIN: string = resolve(import.meta.dirname, '../../dist/plugin');

export const NGINX: string = digest('1');
export const BUSYBOX: string = digest('2');
export const REDIS: string = digest('3');

export const LOCK: string = `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
spec:
  images:
  - image: docker.io/library/busybox:1.36
    digest: ${BUSYBOX}
  - image: docker.io/library/nginx:1.27
    digest: ${NGINX}
  - image: registry.example/team/redis:7.2
    digest: ${REDIS}
`;

/** A chart with a sub-chart, a hook, a test pod and comments, and the lock beside it. */
export const CHART: Readonly<Record<string, string>> = {
  'images.lock.yaml': LOCK,
  'web/Chart.yaml': `apiVersion: v2
name: web
version: 1.0.0
`,
  'web/values.yaml': 'image: nginx:1.27\n',
  'web/templates/web.yaml': `# What the team deploys
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web   # the only one
        image: "{{ .Values.image }}"
        args: ['--flag',   "two"]
`,
  'web/templates/migrate.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    helm.sh/hook: pre-install
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: migrate, image: "busybox:1.36"}
`,
  'web/charts/cache/Chart.yaml': `apiVersion: v2
name: cache
version: 1.0.0
`,
  'web/charts/cache/templates/cache.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: cache
spec:
  serviceName: cache
  selector:
    matchLabels: {app: cache}
  template:
    metadata:
      labels: {app: cache}
    spec:
      containers:
      - name: cache
        image: registry.example/team/redis:7.2
`,
  'empty/Chart.yaml': `apiVersion: v2
name: empty
version: 1.0.0
`,
  'empty/templates/nothing.yaml': '{{- if false }}\nkind: Nothing\n{{- end }}\n',
};

/** `PATH` with the program on it under its own name. */
export function pathWithProgram(): string {
  const folder = workFolder();
  symlinkSync(PROGRAM, join(folder, 'pindrift-helm'));
  return `${folder}${delimiter}${process.env.PATH}`;
}

/** Folders of its own for a Helm that must not see, or change, those of whoever runs the tests. */
export function helmHome(): Record<string, string> {
  const home = workFolder();
  return {
    HELM_DATA_HOME: join(home, 'data'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_PLUGINS: join(home, 'data/plugins'),
  };
}

/** A post-renderer for Helm 3 that changes nothing. */
export function identity(): string {
  const folder = workFolder({ identity: '#!/bin/sh\nexec cat\n' });
  chmodSync(join(folder, 'identity'), 0o755);
  return join(folder, 'identity');
}

/** The text without the digests of the fixture: what went in, if only they were inserted. */
export function unpinned(text: Buffer): string {
  return text.toString('latin1').replaceAll(/@sha256:([123])\1{63}/g, '');
}

function digest(character: string): string {
  return `sha256:${character.repeat(64)}`;
}
