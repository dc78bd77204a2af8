import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const MARIADB = 'mariadb-operator/mariadb-operator';
const REDIS = 'OT-CONTAINER-KIT/redis-operator';

/** Databases and caches other than PostgreSQL. */
export const DATABASE_RESOURCES: readonly ImageField[] = [
  ...rows(
    'pxc.percona.com',
    ['PerconaXtraDBCluster'],
    {
      paths: below(
        ['spec'],
        [
          'initImage',
          'pxc.image',
          'pxc.sidecars[*].image',
          'haproxy.image',
          'haproxy.sidecars[*].image',
          'proxysql.image',
          'proxysql.sidecars[*].image',
          'logcollector.image',
          'pmm.image',
          'backup.image',
        ],
      ),
    },
    github(
      'percona/percona-xtradb-cluster-operator',
      '0089fc46ce5b50fa01295e19617de3114d38a7bd',
      'deploy/cr.yaml',
    ),
  ),
  ...rows(
    'psmdb.percona.com',
    ['PerconaServerMongoDB'],
    {
      paths: below(
        ['spec'],
        [
          'image',
          'initImage',
          'pmm.image',
          'backup.image',
          'replsets[*].sidecars[*].image',
          'sharding.configsvrReplSet.sidecars[*].image',
          'sharding.mongos.sidecars[*].image',
        ],
      ),
    },
    github(
      'percona/percona-server-mongodb-operator',
      '00266fcf26c3eb95a028a3da34d196eb8d8a62a6',
      'deploy/cr.yaml',
    ),
  ),
  ...rows(
    'ps.percona.com',
    ['PerconaServerMySQL'],
    {
      paths: [
        'spec.initContainer.image',
        'spec.pmm.image',
        'spec.mysql.sidecars[*].image',
        ...below(
          [
            'spec.mysql',
            'spec.proxy.haproxy',
            'spec.proxy.router',
            'spec.orchestrator',
            'spec.backup',
          ],
          ['image', 'initContainer.image'],
        ),
      ],
    },
    github(
      'percona/percona-server-mysql-operator',
      '00a508a77d1bd7915245e4ff53ec08cfb2f5095f',
      'deploy/cr.yaml',
    ),
  ),
  ...rows(
    'k8s.mariadb.com',
    ['MariaDB'],
    { paths: ['spec.image', 'spec.maxScale.image'], podSpecs: ['spec'] },
    github(
      MARIADB,
      '20b834823fc073ba4eba969a53e98610873a1d8b',
      'examples/manifests/mariadb_galera.yaml',
    ),
  ),
  ...rows(
    'k8s.mariadb.com',
    ['MaxScale'],
    { paths: ['spec.image'], podSpecs: ['spec'] },
    github(MARIADB, 'main', 'api/v1alpha1/maxscale_types.go'),
  ),
  ...rows(
    'mongodbcommunity.mongodb.com',
    ['MongoDBCommunity'],
    { podSpecs: ['spec.statefulSet.spec.template.spec'] },
    github(
      'mongodb/mongodb-kubernetes-operator',
      '26b755f222d8c73cf2b8bc0cbd8e76a81b5b0019',
      'config/samples/arbitrary_statefulset_configuration/mongodb.com_v1_custom_volume_cr.yaml',
    ),
  ),
  ...rows(
    'databases.spotahome.com',
    ['RedisFailover'],
    {
      paths: below(
        ['spec.redis', 'spec.sentinel'],
        [
          'image',
          'exporter.image',
          'initContainers[*].image',
          'extraContainers[*].image',
          'extraVolumes[*].image.reference',
        ],
      ),
    },
    github(
      'spotahome/redis-operator',
      '04333bc9f7e776f5b31eccaa72d7e1fa24302dfb',
      'api/redisfailover/v1/types.go',
    ),
  ),
  ...rows(
    'redis.redis.opstreelabs.in',
    ['Redis', 'RedisCluster', 'RedisReplication', 'RedisSentinel'],
    {
      paths: below(
        ['spec'],
        [
          'kubernetesConfig.image',
          'redisExporter.image',
          'initContainer.image',
          'sidecars[*].image',
        ],
      ),
    },
    github(REDIS, '0411ea5fd0ca18614c9ab509c967f08d9b0d2f96', 'example/v1beta2/redis-cluster.yaml'),
  ),
  ...rows(
    'dragonflydb.io',
    ['Dragonfly'],
    { paths: ['spec.image'] },
    github(
      'dragonflydb/dragonfly-operator',
      '00e1c28080f9273059d2b0766db2be43ffdb57d9',
      'api/v1alpha1/dragonfly_types.go',
    ),
  ),
  ...rows(
    'cassandra.datastax.com',
    ['CassandraDatacenter'],
    {
      paths: ['spec.serverImage', 'spec.configBuilderImage', 'spec.systemLoggerImage'],
      podSpecs: ['spec.podTemplateSpec.spec'],
    },
    github(
      'k8ssandra/cass-operator',
      '003c09fe7e94eb4867e16f238275dd318ab69ae1',
      'apis/cassandra/v1beta1/cassandradatacenter_types.go',
    ),
  ),
  ...rows(
    'clickhouse.altinity.com',
    ['ClickHouseInstallation', 'ClickHouseInstallationTemplate'],
    { podSpecs: ['spec.templates.podTemplates[*].spec'] },
    github(
      'Altinity/clickhouse-operator',
      '2ecc9097a0bdc48ccf360792e35eb6c2fd1ce81c',
      'docs/custom_resource_explained.md',
    ),
  ),
  ...rows(
    'planetscale.com',
    ['VitessCluster'],
    { paths: ['spec.images.*', 'spec.images.mysqld.*'] },
    github(
      'planetscale/vitess-operator',
      '0596203fcf28b3a98b9d062c8bf9c3ac40778192',
      'test/endtoend/operator/101_initial_cluster.yaml',
    ),
  ),
  ...rows(
    'crdb.cockroachlabs.com',
    ['CrdbCluster'],
    { paths: ['spec.image.name'] },
    github(
      'cockroachdb/cockroach-operator',
      '0073c060f7b3d42c7b6743ebd78d87527cf553a8',
      'examples/example.yaml',
    ),
  ),
  ...rows(
    'database.arangodb.com',
    ['ArangoDeployment'],
    { paths: ['spec.image'] },
    github(
      'arangodb/kube-arangodb',
      '056aabb5158e81fd3a5057fe276437c45417a3f8',
      'examples/simple-cluster.yaml',
    ),
  ),
];
