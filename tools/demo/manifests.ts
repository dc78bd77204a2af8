import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The images of the demo, as `repository:tag`, by what they are for. */
export const IMAGES = {
  web: 'shop/web:1.4.2',
  migrate: 'shop/migrate:1.4.2',
  tools: 'shop/tools:2.1',
  worker: 'shop/worker:1.4.2',
} as const;

/** What a small team has in its repository, by path; `registry` is `127.0.0.1:41234`. */
export function manifests(registry: string): Readonly<Record<string, string>> {
  const files = {
    'k8s/kustomization.yaml': KUSTOMIZATION,
    'k8s/web.yaml': WEB,
    'k8s/cleanup.yaml': CLEANUP,
    'chart/Chart.yaml': CHART,
    'chart/values.yaml': `image: REGISTRY/${IMAGES.worker}\n`,
    'chart/templates/worker.yaml': WORKER,
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, at(registry, text)]),
  );
}

/** What Helm 3.21.4 prints for the chart, for a machine that has no Helm. */
export function recordedChart(registry: string): string {
  return at(registry, recorded('chart.yaml'));
}

/**
 * What kustomize 5.8.1 sends to a function for these manifests, for a machine that has no kustomize;
 * the functionConfig is the lock.
 */
export function recordedList(registry: string, lock: string): string {
  const functionConfig = lock.replaceAll(/^(?=.)/gm, '  ');
  return `${at(registry, recorded('items.yaml'))}functionConfig:\n${functionConfig}`;
}

function recorded(file: string): string {
  return readFileSync(join(import.meta.dirname, 'recorded', file), 'utf8');
}

function at(registry: string, text: string): string {
  return text.replaceAll('REGISTRY', registry);
}

const KUSTOMIZATION = `resources:
- web.yaml
- cleanup.yaml
transformers:
- images.lock.yaml
`;

const WEB = `apiVersion: apps/v1
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
      initContainers:
      - name: migrate
        image: REGISTRY/${IMAGES.migrate}
      containers:
      - name: web
        image: "REGISTRY/${IMAGES.web}"   # bumped by the release job
`;

const CLEANUP = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: cleanup
spec:
  schedule: "15 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - name: cleanup
            image: REGISTRY/${IMAGES.tools}
`;

const CHART = `apiVersion: v2
name: worker
version: 1.4.2
`;

const WORKER = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Release.Name }}
spec:
  serviceName: {{ .Release.Name }}
  selector:
    matchLabels: {app: worker}
  template:
    metadata:
      labels: {app: worker}
    spec:
      containers:
      - name: worker
        image: {{ .Values.image }}
`;
