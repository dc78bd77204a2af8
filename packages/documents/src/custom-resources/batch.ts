import type { ImageField } from '../image-field.ts';
import { below, type Fields, github, rows } from './row.ts';

const RAY = 'ray-project/kuberay';
const SPARK = 'kubeflow/spark-operator';

/** Jobs of many pods, and distributed computation. */
export const BATCH_RESOURCES: readonly ImageField[] = [
  ...rows(
    'keda.sh',
    ['ScaledJob'],
    { podSpecs: ['spec.jobTargetRef.template.spec'] },
    github(
      'kedacore/keda',
      '0597498da1f8b88cf768bbd014cbd85454237d3e',
      'apis/keda/v1alpha1/scaledjob_types.go',
    ),
  ),
  ...rows(
    'jobset.x-k8s.io',
    ['JobSet'],
    { podSpecs: ['spec.replicatedJobs[*].template.spec.template.spec'] },
    github(
      'kubernetes-sigs/jobset',
      '0336a8fd9fd3ba7a8e5d3e16462138b746e01ec8',
      'api/jobset/v1alpha2/jobset_types.go',
    ),
  ),
  ...rows(
    'leaderworkerset.x-k8s.io',
    ['LeaderWorkerSet'],
    {
      podSpecs: [
        'spec.leaderWorkerTemplate.leaderTemplate.spec',
        'spec.leaderWorkerTemplate.workerTemplate.spec',
      ],
    },
    github(
      'kubernetes-sigs/lws',
      '0e2e095a2ff54715b95b8c78c0afe3a0d2f94380',
      'docs/examples/vllm/GPU/lws.yaml',
    ),
  ),
  ...rows(
    'batch.volcano.sh',
    ['Job'],
    { podSpecs: ['spec.tasks[*].template.spec'] },
    github(
      'volcano-sh/volcano',
      '009da4726fa34cd03170e33d2bfdc4e7d2308172',
      'example/integrations/mpi/mpi-example.yaml',
    ),
  ),
  ...rows(
    'ray.io',
    ['RayCluster'],
    ray('spec'),
    github(
      RAY,
      '026f143324c0b7c3cce38db3003b5d45e236fc2e',
      'ray-operator/apis/ray/v1/raycluster_types.go',
    ),
  ),
  ...rows(
    'ray.io',
    ['RayJob'],
    ray('spec.rayClusterSpec', 'spec.submitterPodTemplate.spec'),
    github(
      RAY,
      '0057210ed5a94e830c864af372577328c3542b44',
      'ray-operator/apis/ray/v1/rayjob_types.go',
    ),
  ),
  ...rows(
    'ray.io',
    ['RayService'],
    ray('spec.rayClusterConfig'),
    github(
      RAY,
      '05a8462a2f5b0c18ba16042ffc423f3b6b7c18ba',
      'ray-operator/config/samples/ray-service.sample.yaml',
    ),
  ),
  ...rows(
    'sparkoperator.k8s.io',
    ['SparkApplication'],
    spark('spec'),
    github(
      SPARK,
      '07f3cecdbf9afe670d991dfbdb911334eb29930b',
      'api/v1beta2/sparkapplication_types.go',
    ),
  ),
  ...rows(
    'sparkoperator.k8s.io',
    ['ScheduledSparkApplication'],
    spark('spec.template'),
    github(SPARK, '156184c1035d7e6655679d2b1d6a238fbd6350a3', 'examples/spark-pi-schedule.yaml'),
  ),
  ...rows(
    'flink.apache.org',
    ['FlinkDeployment'],
    {
      paths: ['spec.image'],
      podSpecs: [
        'spec.podTemplate.spec',
        'spec.jobManager.podTemplate.spec',
        'spec.taskManager.podTemplate.spec',
      ],
    },
    github(
      'apache/flink-kubernetes-operator',
      '0597cbb3ddc3789593e65a938c766f35fc9a5949',
      'examples/pod-template.yaml',
    ),
  ),
];

function ray(cluster: string, ...podSpecs: string[]): Fields {
  return {
    paths: [`${cluster}.autoscalerOptions.image`],
    podSpecs: [
      `${cluster}.headGroupSpec.template.spec`,
      `${cluster}.workerGroupSpecs[*].template.spec`,
      ...podSpecs,
    ],
  };
}

function spark(spec: string): Fields {
  const pods = [`${spec}.driver`, `${spec}.executor`];
  return {
    paths: [
      `${spec}.image`,
      `${spec}.volumes[*].image.reference`,
      ...below(pods, ['image', 'sidecars[*].image', 'initContainers[*].image']),
    ],
    podSpecs: below(pods, ['template.spec']),
  };
}
