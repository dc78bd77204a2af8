import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const ECK = 'elastic/cloud-on-k8s';

/** Search engines and what feeds and shows them. */
export const SEARCH_RESOURCES: readonly ImageField[] = [
  ...elastic(
    'elasticsearch',
    'Elasticsearch',
    ['nodeSets[*].podTemplate.spec'],
    '01eaa4d411d249c83af8e547a9b3d7d6c980ea1f',
    'config/samples/elasticsearch/elasticsearch.yaml',
  ),
  ...elastic(
    'kibana',
    'Kibana',
    ['podTemplate.spec'],
    '01eaa4d411d249c83af8e547a9b3d7d6c980ea1f',
    'pkg/apis/kibana/v1/kibana_types.go',
  ),
  ...elastic(
    'apm',
    'ApmServer',
    ['podTemplate.spec'],
    '04b538d340765d6f5b2148dd82d6e66c250fd296',
    'pkg/apis/apm/v1/apmserver_types.go',
  ),
  ...elastic(
    'enterprisesearch',
    'EnterpriseSearch',
    ['podTemplate.spec'],
    '060d55be656fd4d653bb63d13fe4326913432230',
    'pkg/apis/enterprisesearch/v1/enterprisesearch_types.go',
  ),
  ...elastic(
    'maps',
    'ElasticMapsServer',
    ['podTemplate.spec'],
    '094a1a9401bc4bf969f6adb4b5f9159e2f584fd4',
    'pkg/apis/maps/v1alpha1/maps_types.go',
  ),
  ...elastic(
    'logstash',
    'Logstash',
    ['podTemplate.spec'],
    '005d417bd36b0fdae4abf00f593f6bd3c9c69b46',
    'pkg/apis/logstash/v1alpha1/logstash_types.go',
  ),
  ...elastic(
    'beat',
    'Beat',
    ['daemonSet.podTemplate.spec', 'deployment.podTemplate.spec'],
    '00ad553a53864f6cd119371f6bfeb3d76e34b73a',
    'pkg/apis/beat/v1beta1/beat_types.go',
  ),
  ...elastic(
    'agent',
    'Agent',
    ['daemonSet.podTemplate.spec', 'deployment.podTemplate.spec', 'statefulSet.podTemplate.spec'],
    '0449f62a751edb5cf186996d3d52eff4a5645dd5',
    'pkg/apis/agent/v1alpha1/agent_types.go',
  ),
  ...rows(
    'opensearch.opster.io',
    ['OpenSearchCluster'],
    {
      paths: [
        'spec.general.image',
        'spec.dashboards.image',
        'spec.initHelper.image',
        'spec.nodePools[*].operatorSidecar.image',
      ],
    },
    github(
      'opensearch-project/opensearch-k8s-operator',
      '001ce3dbd8a30b141579f9d2720a90dbffa8cb01',
      'opensearch-operator/api/v1/opensearch_types.go',
    ),
  ),
];

function elastic(
  group: string,
  kind: string,
  podSpecs: readonly string[],
  commit: string,
  path: string,
): ImageField[] {
  const fields = { paths: ['spec.image'], podSpecs: below(['spec'], podSpecs) };
  return rows(`${group}.k8s.elastic.co`, [kind], fields, github(ECK, commit, path));
}
