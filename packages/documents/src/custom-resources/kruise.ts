import type { ImageField } from '../image-field.ts';
import { below, type Fields, github, rows } from './row.ts';

const KRUISE = 'openkruise/kruise';

/** OpenKruise: the workloads of Kubernetes with more ways to update them. */
export const KRUISE_RESOURCES: readonly ImageField[] = [
  ...rows(
    'apps.kruise.io',
    ['CloneSet'],
    template(),
    kruise(
      '3c410aa7ed5ef822cb0c1d29c877c11b0b69908f',
      'config/samples/apps_v1alpha1_cloneset.yaml',
    ),
  ),
  ...rows(
    'apps.kruise.io',
    ['StatefulSet'],
    template(),
    kruise('0b7dfd7a6eaee417f9b3b6c6378014152ae76ccd', 'apis/apps/v1beta1/statefulset_types.go'),
  ),
  ...rows(
    'apps.kruise.io',
    ['DaemonSet'],
    template(),
    kruise('271634fc0ac5edc2102185533f5e58dbd7838a59', 'apis/apps/v1alpha1/daemonset_types.go'),
  ),
  ...rows(
    'apps.kruise.io',
    ['BroadcastJob'],
    template(),
    kruise('0ddcf2757b9211300ba43e3ecae663a3edfc1576', 'apis/apps/v1alpha1/broadcastjob_types.go'),
  ),
  ...rows(
    'apps.kruise.io',
    ['AdvancedCronJob'],
    {
      podSpecs: below(
        ['spec.template.jobTemplate', 'spec.template.broadcastJobTemplate'],
        ['spec.template.spec'],
      ),
    },
    kruise(
      '04b6175e60148bd95edf65234750b5871723ce38',
      'apis/apps/v1alpha1/advancedcronjob_types.go',
    ),
  ),
  ...rows(
    'apps.kruise.io',
    ['SidecarSet'],
    {
      paths: ['spec.containers[*].upgradeStrategy.hotUpgradeEmptyImage'],
      podSpecs: ['spec'],
    },
    kruise('0ddcf2757b9211300ba43e3ecae663a3edfc1576', 'apis/apps/v1alpha1/sidecarset_types.go'),
  ),
  ...rows(
    'apps.kruise.io',
    ['UnitedDeployment'],
    {
      podSpecs: below(
        ['spec.template'],
        [
          'statefulSetTemplate.spec.template.spec',
          'advancedStatefulSetTemplate.spec.template.spec',
          'cloneSetTemplate.spec.template.spec',
          'deploymentTemplate.spec.template.spec',
        ],
      ),
    },
    kruise(
      '3c44263e5b8b43cf141d061bb9b279ca01ae3602',
      'config/samples/apps_v1alpha1_uniteddeployment.yaml',
    ),
  ),
  ...rows(
    'apps.kruise.io',
    ['ImagePullJob'],
    { paths: ['spec.image'] },
    kruise('0d11dd2c184d4d1778833cb1eeee200c94cbab50', 'apis/apps/v1alpha1/imagepulljob_types.go'),
  ),
  ...rows(
    'apps.kruise.io',
    ['ImageListPullJob'],
    { paths: ['spec.images[*]'] },
    kruise(
      '76e5ddc94b78de31fc8dd8dca173ac36b346330f',
      'apis/apps/v1alpha1/imagelistpulljob_types.go',
    ),
  ),
];

function template(): Fields {
  return { podSpecs: ['spec.template.spec'] };
}

function kruise(commit: string, path: string): string {
  return github(KRUISE, commit, path);
}
