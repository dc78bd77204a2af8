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

/**
 * Groups of the table of custom resources that name images under keys without the word image in
 * them: what the table is not needed for to know that it is needed.
 */
export const HIDDEN_GROUPS: readonly string[] = ['pkg.crossplane.io'];

/** The group of ResourceLists. */
const LIST_GROUP = 'config.kubernetes.io';

/** True for groups whose kinds are all known here: Kubernetes' own, ResourceLists, locks. */
export function isServedGroup(group: string): boolean {
  return BUILT_IN_GROUPS.has(group) || LOCK_GROUPS.has(group) || group === LIST_GROUP;
}

/** True for what looks as if it named images and does not: schemas and locks. */
export function neverHoldsImages(group: string, kind: string): boolean {
  return LOCK_GROUPS.has(group) || kind === 'CustomResourceDefinition';
}
