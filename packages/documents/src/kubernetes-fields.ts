import type { ImageField } from './image-field.ts';

const SOURCE =
  'https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#-strong-workloads-apis-strong-';

/**
 * The workloads that Kubernetes itself knows. `extensions` held Deployment, DaemonSet and
 * ReplicaSet until 1.16, and manifests of that age are still about.
 */
export const KUBERNETES_FIELDS: readonly ImageField[] = [
  workload('', 'Pod', 'spec'),
  workload('', 'PodTemplate', 'template.spec'),
  workload('', 'ReplicationController', 'spec.template.spec'),
  workload('apps', 'Deployment', 'spec.template.spec'),
  workload('apps', 'ReplicaSet', 'spec.template.spec'),
  workload('apps', 'StatefulSet', 'spec.template.spec'),
  workload('apps', 'DaemonSet', 'spec.template.spec'),
  workload('extensions', 'Deployment', 'spec.template.spec'),
  workload('extensions', 'ReplicaSet', 'spec.template.spec'),
  workload('extensions', 'DaemonSet', 'spec.template.spec'),
  workload('batch', 'Job', 'spec.template.spec'),
  workload('batch', 'CronJob', 'spec.jobTemplate.spec.template.spec'),
  workload('batch', 'JobTemplate', 'template.spec.template.spec'),
];

function workload(group: string, kind: string, podSpec: string): ImageField {
  return { group, kind, podSpecs: [podSpec], source: SOURCE };
}
