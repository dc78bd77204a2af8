import type { ImageField, SplitImage } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const PROMETHEUS = 'prometheus-operator/prometheus-operator';
const OTEL = 'open-telemetry/opentelemetry-operator';
const VICTORIA = 'https://docs.victoriametrics.com/operator/resources/';

/** Metrics, logs and traces. */
export const OBSERVABILITY_RESOURCES: readonly ImageField[] = [
  // The deprecated baseImage, tag and sha stand without a row: sha is a digest without `sha256:`.
  ...rows(
    'monitoring.coreos.com',
    ['Prometheus'],
    { paths: ['spec.image', 'spec.thanos.image'], podSpecs: ['spec'] },
    github(
      PROMETHEUS,
      '005ec27b9f7643ce783a456f32f8444967637830',
      'pkg/apis/monitoring/v1/prometheus_types.go',
    ),
  ),
  ...rows(
    'monitoring.coreos.com',
    ['PrometheusAgent'],
    { paths: ['spec.image'], podSpecs: ['spec'] },
    github(PROMETHEUS, 'main', 'pkg/apis/monitoring/v1alpha1/prometheusagent_types.go'),
  ),
  ...rows(
    'monitoring.coreos.com',
    ['Alertmanager'],
    { paths: ['spec.image'], podSpecs: ['spec'] },
    github(
      PROMETHEUS,
      '007cd7797dc60c7cd562e3fda71136d58cd65f32',
      'pkg/apis/monitoring/v1/alertmanager_types.go',
    ),
  ),
  ...rows(
    'monitoring.coreos.com',
    ['ThanosRuler'],
    { paths: ['spec.image'], podSpecs: ['spec'] },
    github(
      PROMETHEUS,
      '035b6071001a8fec6dfc3992c0dfee2072c7bbf9',
      'pkg/apis/monitoring/v1/thanos_types.go',
    ),
  ),
  ...victoria('VMSingle', ['spec.vmBackup']),
  ...victoria('VMAgent'),
  ...victoria('VMAlert'),
  ...victoria('VMAlertmanager'),
  ...victoria('VMAuth'),
  ...victoria('VMAnomaly'),
  ...victoria('VLogs'),
  ...victoria('VLAgent'),
  ...victoria('VTAgent'),
  ...rows(
    'operator.victoriametrics.com',
    ['VMCluster'],
    {
      podSpecs: ['spec.vminsert', 'spec.vmselect', 'spec.vmstorage'],
      split: tagged(
        'spec.vminsert',
        'spec.vmselect',
        'spec.vmstorage',
        'spec.vmstorage.vmBackup',
        'spec.requestsLoadBalancer.spec',
      ),
    },
    `${VICTORIA}vmcluster/`,
  ),
  ...rows(
    'opentelemetry.io',
    ['OpenTelemetryCollector'],
    {
      paths: ['spec.image', 'spec.additionalContainers[*].image', 'spec.targetAllocator.image'],
      podSpecs: ['spec'],
    },
    github(OTEL, '01416c28a43669d2a0e1e727c7e5fcbc7f38bb87', 'apis/v1beta1/common.go'),
  ),
  ...rows(
    'opentelemetry.io',
    ['Instrumentation'],
    { paths: ['spec.java.extensions[*].image', ...below(['spec'], languages())] },
    github(
      OTEL,
      '01416c28a43669d2a0e1e727c7e5fcbc7f38bb87',
      'apis/v1alpha1/instrumentation_types.go',
    ),
  ),
  ...rows(
    'opentelemetry.io',
    ['OpAMPBridge'],
    { paths: ['spec.image', 'spec.volumes[*].image.reference'] },
    github(OTEL, '016b7d701a71eb121435e9b330f83878fb324f5a', 'apis/v1alpha1/opampbridge_types.go'),
  ),
  ...rows(
    'jaegertracing.io',
    ['Jaeger'],
    { paths: below(['spec'], jaegerParts()) },
    github(
      'jaegertracing/jaeger-operator',
      '031f4d666fd97ec22813e0a5c3db07ffd1733f30',
      'apis/v1/jaeger_types.go',
    ),
  ),
  ...rows(
    'grafana.integreatly.org',
    ['Grafana'],
    { podSpecs: ['spec.deployment.spec.template.spec'] },
    github(
      'grafana/grafana-operator',
      '00d6e47651520f055e173d004683dfe90e9f8e70',
      'api/v1beta1/typeoverrides.go',
    ),
  ),
  ...rows(
    'fluentbit.fluent.io',
    ['FluentBit'],
    { paths: ['spec.image'], podSpecs: ['spec'] },
    github(
      'fluent/fluent-operator',
      '00625bfdaf4eefc64b787ad035245e8eaa8f3a80',
      'manifests/logging-stack/fluentbit-fluentBit.yaml',
    ),
  ),
];

function victoria(kind: string, more: readonly string[] = []): ImageField[] {
  const fields = {
    paths: ['spec.configReloaderImageTag'],
    podSpecs: ['spec'],
    split: tagged('spec', ...more),
  };
  return rows('operator.victoriametrics.com', [kind], fields, `${VICTORIA}${kind.toLowerCase()}/`);
}

/** The operator writes `repository:tag` as they stand, so the tag takes the digest. */
function tagged(...parts: string[]): SplitImage[] {
  return parts.map((part) => ({
    repository: `${part}.image.repository`,
    tag: `${part}.image.tag`,
  }));
}

function languages(): string[] {
  const names = ['java', 'nodejs', 'python', 'dotnet', 'go', 'apacheHttpd', 'nginx'];
  return names.map((name) => `${name}.image`);
}

function jaegerParts(): string[] {
  const storage = ['cassandraCreateSchema', 'dependencies', 'esIndexCleaner', 'esRollover'];
  const stores = [...storage, 'elasticsearch', 'grpcPlugin'].map((name) => `storage.${name}`);
  const parts = ['allInOne', 'agent', 'collector', 'ingester', 'query', ...stores];
  return parts.map((name) => `${name}.image`);
}
