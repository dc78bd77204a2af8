/** API groups that Kubernetes itself serves; what they hold beside the workloads names no image. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Groups whose files are locks, or settings of tools that name images without running them. */
const LOCK_GROUPS: ReadonlySet<string> = new Set([
  'pindrift.dev',
  'imgpkg.carvel.dev',
  'kbld.k14s.io',
  'kustomize.config.k8s.io',
]);

/** True for a group of Kubernetes' own API. */
export function isBuiltInGroup(group: string): boolean {
  return BUILT_IN_GROUPS.has(group);
}

/** True for what looks as if it named images and does not: schemas and locks. */
export function neverHoldsImages(group: string, kind: string): boolean {
  return LOCK_GROUPS.has(group) || kind === 'CustomResourceDefinition';
}
