import type { ImageField } from '../image-field.ts';
import { github, rows } from './row.ts';

const TRAINING = 'kubeflow/training-operator';
const TRAINER = 'kubeflow/trainer';

/** Training of models on many nodes. */
export const TRAINING_RESOURCES: readonly ImageField[] = [
  ...training(
    'PyTorchJob',
    'pytorch',
    github(TRAINING, '05d24a7c9d1aaa35dc42642b6f9fe38e7d5b15ec', 'examples/pytorch/simple.yaml'),
  ),
  ...training(
    'TFJob',
    'tf',
    github(TRAINING, '333601cb2c964dbab71fcd9a94591d9edb480ecb', 'examples/tensorflow/simple.yaml'),
  ),
  ...training(
    'XGBoostJob',
    'xgb',
    github(
      TRAINING,
      '1580d7ba00e17cdf2d4f633a3a92adbf52c18740',
      'examples/xgboost/xgboostjob.yaml',
    ),
  ),
  ...training(
    'JAXJob',
    'jax',
    github(TRAINING, 'a86c927ed7d0262c1e5ce651adb1b6d9333d0fd6', 'examples/jax/cpu-demo/demo.yaml'),
  ),
  ...training(
    'PaddleJob',
    'paddle',
    github(TRAINING, 'release-1.9', 'pkg/apis/kubeflow.org/v1/paddlepaddle_types.go'),
  ),
  ...training(
    'MPIJob',
    'mpi',
    github(
      'kubeflow/mpi-operator',
      '3981711d5a7e882ad7f3c57f72a217f92f15d584',
      'examples/v2beta1/pi/pi.yaml',
    ),
  ),
  ...rows(
    'trainer.kubeflow.org',
    ['TrainJob'],
    { paths: ['spec.trainer.image'] },
    github(
      TRAINER,
      '0015772c282d9e127c9a08330485ef84b4fb3840',
      'pkg/apis/trainer/v1alpha1/trainjob_types.go',
    ),
  ),
  ...rows(
    'trainer.kubeflow.org',
    ['TrainingRuntime', 'ClusterTrainingRuntime'],
    { podSpecs: ['spec.template.spec.replicatedJobs[*].template.spec.template.spec'] },
    github(
      TRAINER,
      '0c78efb0ccfce7b35fc2867b832f5cfed7750460',
      'manifests/base/runtimes/torch_distributed.yaml',
    ),
  ),
];

function training(kind: string, framework: string, source: string): ImageField[] {
  const podSpecs = [`spec.${framework}ReplicaSpecs.*.template.spec`];
  return rows('kubeflow.org', [kind], { podSpecs }, source);
}
