import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const KSERVE = 'kserve/kserve';
const AGONES = 'googleforgames/agones';

/** Servers of requests, models, games and people: what scales a program for its users. */
export const SERVING_RESOURCES: readonly ImageField[] = [
  ...rows(
    'serving.knative.dev',
    ['Service', 'Configuration'],
    { podSpecs: ['spec.template.spec'] },
    knativeServing(),
  ),
  ...rows('serving.knative.dev', ['Revision'], { podSpecs: ['spec'] }, knativeServing()),
  ...rows(
    'sources.knative.dev',
    ['ContainerSource'],
    { podSpecs: ['spec.template.spec'] },
    github(
      'knative/eventing',
      'f12b521c02cd7654fba3136ae034cd6494257bdd',
      'pkg/apis/sources/v1/container_types.go',
    ),
  ),
  ...rows(
    'serving.kserve.io',
    ['InferenceService'],
    {
      paths: [...below(['spec.predictor'], frameworks()), 'spec.explainer.art.image'],
      podSpecs: [
        'spec.predictor',
        'spec.predictor.workerSpec',
        'spec.transformer',
        'spec.explainer',
      ],
    },
    kserve('pkg/apis/serving/v1beta1/predictor.go'),
  ),
  ...rows(
    'serving.kserve.io',
    ['ServingRuntime', 'ClusterServingRuntime'],
    { podSpecs: ['spec', 'spec.workerSpec'] },
    kserve('pkg/apis/serving/v1alpha1/servingruntime_types.go'),
  ),
  ...rows(
    'machinelearning.seldon.io',
    ['SeldonDeployment'],
    { podSpecs: ['spec.predictors[*].componentSpecs[*].spec'] },
    github(
      'SeldonIO/seldon-core',
      '0d23f1c378658e441f566224be7c809cbc53b25d',
      'notebooks/resources/model.yaml',
    ),
  ),
  ...rows(
    'kubeflow.org',
    ['Notebook'],
    { podSpecs: ['spec.template.spec'] },
    github(
      'kubeflow/kubeflow',
      '0708d13821a2cd5bed5765806952bc0f68b5643e',
      'components/notebook-controller/config/samples/_v1_notebook.yaml',
    ),
  ),
  ...rows(
    'workspace.devfile.io',
    ['DevWorkspace'],
    {
      paths: [
        'spec.template.components[*].container.image',
        'spec.contributions[*].components[*].container.image',
      ],
    },
    github(
      'devfile/devworkspace-operator',
      '45b350176facc6c45c810ec07fee00628e7c78d0',
      'samples/plain.yaml',
    ),
  ),
  ...rows(
    'agones.dev',
    ['GameServer'],
    { podSpecs: ['spec.template.spec'] },
    github(
      AGONES,
      '104c86dfd4e090c37855e622a36470ec66ed16f2',
      'examples/simple-game-server/gameserver.yaml',
    ),
  ),
  ...rows(
    'agones.dev',
    ['Fleet'],
    { podSpecs: ['spec.template.spec.template.spec'] },
    github(
      AGONES,
      '0825aa91622fa5abb998b9a129c77be1a6f492d7',
      'examples/simple-game-server/fleet.yaml',
    ),
  ),
];

/** Each framework that a predictor may name is a container of its own. */
function frameworks(): string[] {
  return [
    'model.image',
    'sklearn.image',
    'xgboost.image',
    'tensorflow.image',
    'pytorch.image',
    'triton.image',
    'onnx.image',
    'huggingface.image',
    'pmml.image',
    'lightgbm.image',
    'paddle.image',
  ];
}

function kserve(path: string): string {
  return github(KSERVE, '0217bdabaaa250485b336805da1aed04960dc758', path);
}

function knativeServing(): string {
  return github(
    'knative/serving',
    '00204e7bff9e95d637006127275af9a9602b31cd',
    'pkg/apis/serving/v1/revision_types.go',
  );
}
