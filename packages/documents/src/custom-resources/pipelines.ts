import type { ImageField } from '../image-field.ts';
import { below, type Fields, github, rows } from './row.ts';

const PIPELINE = 'tektoncd/pipeline';
const RUNNERS = 'actions/actions-runner-controller';

/** Pipelines, builds, load tests and the runners of forges. */
export const PIPELINE_RESOURCES: readonly ImageField[] = [
  ...rows(
    'tekton.dev',
    ['Task', 'ClusterTask'],
    { paths: task('spec') },
    github(
      PIPELINE,
      '1027f728dd31eb735ced288080433a2d85bf2cf4',
      'pkg/apis/pipeline/v1/task_types.go',
    ),
  ),
  ...rows(
    'tekton.dev',
    ['TaskRun'],
    { paths: task('spec.taskSpec') },
    github(
      PIPELINE,
      '1f2bf0266eaff02a8a93ca66e91664c1100a2931',
      'examples/v1/taskruns/sidecar-ready.yaml',
    ),
  ),
  ...rows('tekton.dev', ['Pipeline'], { paths: pipeline('spec') }, pipelineSource()),
  ...rows(
    'tekton.dev',
    ['PipelineRun'],
    { paths: pipeline('spec.pipelineSpec') },
    pipelineSource(),
  ),
  ...rows(
    'tekton.dev',
    ['StepAction'],
    { paths: ['spec.image'] },
    github(
      PIPELINE,
      '1edbbdba47305d2ce537b7754b38aa19f682013d',
      'pkg/apis/pipeline/v1beta1/stepaction_types.go',
    ),
  ),
  ...rows(
    'triggers.tekton.dev',
    ['TriggerTemplate'],
    {
      paths: [
        ...task('spec.resourcetemplates[*].spec.taskSpec'),
        ...pipeline('spec.resourcetemplates[*].spec.pipelineSpec'),
      ],
    },
    github(
      'tektoncd/triggers',
      '0321ebbe46ce7f9d6f613727a1cfab091437ebeb',
      'docs/triggertemplates.md',
    ),
  ),
  // A Build's own `spec.output.image` is where it pushes to, so Build has no row.
  ...rows(
    'shipwright.io',
    ['BuildStrategy', 'ClusterBuildStrategy'],
    { paths: ['spec.steps[*].image', 'spec.buildSteps[*].image'] },
    github(
      'shipwright-io/build',
      '0ed884235d7097c006b6164794d28ac02418f091',
      'samples/v1beta1/buildstrategy/kaniko/buildstrategy_kaniko_cr.yaml',
    ),
  ),
  ...rows(
    'jenkins.io',
    ['Jenkins'],
    { paths: ['spec.master.containers[*].image', 'spec.seedAgent.image'] },
    github(
      'jenkinsci/kubernetes-operator',
      '4ba53acac8b912fe0dd0e7f4b821ab31525980a7',
      'deploy/crds/jenkins_v1alpha2_jenkins_cr.yaml',
    ),
  ),
  ...rows('actions.summerwind.dev', ['Runner'], runner('spec'), runnerSource()),
  ...rows(
    'actions.summerwind.dev',
    ['RunnerDeployment', 'RunnerReplicaSet'],
    runner('spec.template.spec'),
    runnerSource(),
  ),
  ...rows(
    'actions.summerwind.dev',
    ['RunnerSet'],
    { paths: ['spec.image'], podSpecs: ['spec.template.spec'] },
    github(
      RUNNERS,
      '61fa46197eadc0560e94a229751b682b436b4f0b',
      'apis/actions.summerwind.net/v1alpha1/runnerset_types.go',
    ),
  ),
  ...rows(
    'actions.github.com',
    ['AutoscalingRunnerSet'],
    { podSpecs: ['spec.template.spec', 'spec.listenerTemplate.spec'] },
    github(
      RUNNERS,
      '03c274d103c7dbe4fd5a0b20654c4448efca7896',
      'apis/actions.github.com/v1alpha1/autoscalingrunnerset_types.go',
    ),
  ),
  ...rows(
    'k6.io',
    ['TestRun'],
    {
      paths: ['spec.initializer.image', 'spec.starter.image', 'spec.runner.image'],
      podSpecs: ['spec.initializer', 'spec.starter', 'spec.runner'],
    },
    github(
      'grafana/k6-operator',
      '0541ec5050d17308499bd3447213a5d102a122c6',
      'api/v1alpha1/testrun_types.go',
    ),
  ),
];

function task(spec: string): string[] {
  return below(
    [spec],
    ['steps[*].image', 'sidecars[*].image', 'stepTemplate.image', 'volumes[*].image.reference'],
  );
}

function pipeline(spec: string): string[] {
  return [...task(`${spec}.tasks[*].taskSpec`), ...task(`${spec}.finally[*].taskSpec`)];
}

function pipelineSource(): string {
  return github(
    PIPELINE,
    '24fa5bb9807da041b1c619594882f5677d04b069',
    'examples/v1/pipelineruns/pipelinerun-with-pipelinespec-and-taskspec.yaml',
  );
}

function runner(spec: string): Fields {
  return {
    paths: [`${spec}.image`, `${spec}.sidecarContainers[*].image`],
    podSpecs: [spec],
  };
}

function runnerSource(): string {
  return github(
    RUNNERS,
    '012180210371ee68521d570cd7a35112310d9106',
    'apis/actions.summerwind.net/v1alpha1/runner_types.go',
  );
}
