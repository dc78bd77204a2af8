import type { ImageField } from '../image-field.ts';
import { below, type Fields, github, rows } from './row.ts';

const WORKFLOWS = 'argoproj/argo-workflows';
const ROLLOUTS = 'argoproj/argo-rollouts';
const EVENTS = 'argoproj/argo-events';

/** The Argo projects: Workflows, Rollouts and Events. */
export const ARGO_RESOURCES: readonly ImageField[] = [
  ...rows(
    'argoproj.io',
    ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'],
    workflow('spec'),
    github(WORKFLOWS, 'main', 'pkg/apis/workflow/v1alpha1/workflow_types.go'),
  ),
  ...rows(
    'argoproj.io',
    ['CronWorkflow'],
    workflow('spec.workflowSpec'),
    github(WORKFLOWS, '0467e546a104dbf3367a6861fde574a3c2dc99f4', 'examples/cron-workflow.yaml'),
  ),
  ...rows(
    'argoproj.io',
    ['Rollout'],
    { podSpecs: ['spec.template.spec'] },
    github(ROLLOUTS, '05a6891dd22f58a528d50e52c1abfe6ca88b4bef', 'examples/rollout-canary.yaml'),
  ),
  ...rows(
    'argoproj.io',
    ['Experiment'],
    { podSpecs: ['spec.templates[*].template.spec'] },
    github(
      ROLLOUTS,
      '0b88cecf273d2c9acae45208d3e5a3af33a2a82a',
      'pkg/apis/rollouts/v1alpha1/experiment_types.go',
    ),
  ),
  ...rows(
    'argoproj.io',
    ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun'],
    { podSpecs: ['spec.metrics[*].provider.job.spec.template.spec'] },
    github(ROLLOUTS, '0006ae491a9689938a7cf2a2cc1b9412310f4db5', 'docs/analysis/job.md'),
  ),
  ...rows(
    'argoproj.io',
    ['Sensor'],
    sensor(),
    github(EVENTS, '00212a116d9fe66d62244e51a194fffd2e478c37', 'pkg/apis/sensor/v1alpha1/types.go'),
  ),
  ...rows(
    'argoproj.io',
    ['EventSource'],
    { paths: below(['spec.template'], ['container.image', 'volumes[*].image.reference']) },
    github(
      EVENTS,
      '0026274070671a2e481e9f68c839d427cfe532ac',
      'pkg/apis/eventsource/v1alpha1/types.go',
    ),
  ),
];

/** Of a PodSpec's lists a workflow itself has `volumes`, and its templates all but `containers`. */
function workflow(spec: string): Fields {
  const templates = `${spec}.templates[*]`;
  const inline = below([templates], ['steps[*][*].inline', 'dag.tasks[*].inline']);
  const all = [templates, `${spec}.templateDefaults`, ...inline];
  return {
    paths: below(all, ['container.image', 'script.image', 'sidecars[*].image']),
    podSpecs: [spec, ...all, ...below(all, ['containerSet'])],
  };
}

/** A trigger creates the resource that stands in it: most often a Workflow, else a Job or a Pod. */
function sensor(): Fields {
  const k8s = 'spec.triggers[*].template.k8s.source.resource.spec';
  const made = [
    workflow('spec.triggers[*].template.argoWorkflow.source.resource.spec'),
    workflow(k8s),
  ];
  return {
    paths: [
      ...below(['spec.template'], ['container.image', 'volumes[*].image.reference']),
      ...made.flatMap(({ paths }) => paths ?? []),
    ],
    podSpecs: [...made.flatMap(({ podSpecs }) => podSpecs ?? []), `${k8s}.template.spec`],
  };
}
