import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const CNPG = 'cloudnative-pg/cloudnative-pg';
const CRUNCHY = 'CrunchyData/postgres-operator';

/** The operators of PostgreSQL. */
export const POSTGRES_RESOURCES: readonly ImageField[] = [
  ...rows(
    'postgresql.cnpg.io',
    ['Cluster'],
    { paths: ['spec.imageName', 'spec.postgresql.extensions[*].image.reference'] },
    github(
      CNPG,
      '00dc672c9039f23e3f31bc763f9171b0f1df2340',
      'docs/src/samples/postgis-example.yaml',
    ),
  ),
  ...rows(
    'postgresql.k8s.enterprisedb.io',
    ['Cluster'],
    { paths: ['spec.imageName'] },
    github(
      CNPG,
      '01f8467fcf67ec456a9b17795f97aa740fad1a46',
      'docs/src/samples/cluster-example-full.yaml',
    ),
  ),
  ...rows(
    'postgresql.cnpg.io',
    ['ImageCatalog', 'ClusterImageCatalog'],
    {
      paths: [
        'spec.images[*].image',
        'spec.images[*].extensions[*].image.reference',
        'spec.extraImages[*].image',
      ],
    },
    github(CNPG, '165e5190b019eb218969de0891f971f35c896d63', 'api/v1/imagecatalog_types.go'),
  ),
  ...rows(
    'postgresql.cnpg.io',
    ['Pooler'],
    { podSpecs: ['spec.template.spec'] },
    github(CNPG, '04a1fc57d3d499f0c2c3581bf85dd4ba2bb0afe6', 'api/v1/pooler_types.go'),
  ),
  ...rows(
    'acid.zalan.do',
    ['postgresql'],
    {
      paths: [
        'spec.dockerImage',
        'spec.connectionPooler.dockerImage',
        ...below(
          ['spec'],
          ['sidecars[*].image', 'initContainers[*].image', 'init_containers[*].image'],
        ),
      ],
    },
    github(
      'zalando/postgres-operator',
      '00453b1148f966e6531b8c2165e7f44ff6e68e41',
      'pkg/apis/acid.zalan.do/v1/postgresql_type.go',
    ),
  ),
  ...rows(
    'postgres-operator.crunchydata.com',
    ['PostgresCluster'],
    {
      paths: [
        'spec.image',
        'spec.instances[*].containers[*].image',
        'spec.backups.pgbackrest.image',
        'spec.proxy.pgBouncer.image',
        'spec.proxy.pgBouncer.containers[*].image',
        'spec.monitoring.pgmonitor.exporter.image',
        'spec.userInterface.pgAdmin.image',
      ],
    },
    github(
      CRUNCHY,
      '0156a8a6ca9b90a2aae1dc51a9bdbaba1ee20342',
      'pkg/apis/postgres-operator.crunchydata.com/v1beta1/pgbouncer_types.go',
    ),
  ),
  ...rows(
    'pg.percona.com',
    ['PerconaPGCluster'],
    {
      paths: below(
        ['spec'],
        [
          'pgPrimary.image',
          'pmm.image',
          'backup.image',
          'backup.backrestRepoImage',
          'pgBouncer.image',
          'pgBadger.image',
        ],
      ),
    },
    github(
      'percona/percona-postgresql-operator',
      '005c1437d44b9966fa247d9ed26fb6637f9335dd',
      'deploy/cr.yaml',
    ),
  ),
  ...rows(
    'pgv2.percona.com',
    ['PerconaPGCluster'],
    {
      paths: below(
        ['spec'],
        [
          'image',
          'initImage',
          'instances[*].sidecars[*].image',
          'proxy.pgBouncer.image',
          'proxy.pgBouncer.sidecars[*].image',
          'backups.pgbackrest.image',
          'backups.pgbackrest.initImage',
          'pmm.image',
        ],
      ),
    },
    github(
      'percona/percona-postgresql-operator',
      '018718a775e95405ed19092f7d2396fcf01cd7db',
      'pkg/apis/pgv2.percona.com/v2/perconapgcluster_types.go',
    ),
  ),
];
