import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

const CROSSPLANE = 'crossplane/crossplane';
const KUBEVIRT = 'kubevirt/kubevirt';
const OLM = 'operator-framework/api';

/** What a cluster is built of: storage, machines, packages, gateways, identity. */
export const PLATFORM_RESOURCES: readonly ImageField[] = [
  ...rows(
    'ceph.rook.io',
    ['CephCluster'],
    { paths: ['spec.cephVersion.image'] },
    github(
      'rook/rook',
      '0226134cf2b7c2398de956a199d788fa351581ab',
      'deploy/examples/cluster-test.yaml',
    ),
  ),
  ...rows(
    'minio.min.io',
    ['Tenant'],
    {
      paths: below(
        ['spec'],
        [
          'image',
          'kes.image',
          'initContainers[*].image',
          'sideCars.containers[*].image',
          'prometheus.image',
          'prometheus.sidecarimage',
          'prometheus.initimage',
          'log.image',
          'log.db.image',
          'log.db.initimage',
        ],
      ),
    },
    github(
      'minio/operator',
      '0023f6a22c96f84ce49425527b6d8c806d8793e2',
      'examples/kustomization/base/tenant.yaml',
    ),
  ),
  ...rows(
    'pkg.crossplane.io',
    ['Provider', 'Configuration', 'Function'],
    { paths: ['spec.package'] },
    github(CROSSPLANE, '07b8dfc66a53814fe9ff3e3d17735928a8d45064', 'apis/pkg/v1/package_types.go'),
  ),
  ...rows(
    'pkg.crossplane.io',
    ['DeploymentRuntimeConfig'],
    { podSpecs: ['spec.deploymentTemplate.spec.template.spec'] },
    github(
      CROSSPLANE,
      '1a3b827598eadcce928d1301338d051c38bd1f3e',
      'apis/pkg/v1beta1/deployment_runtime_config_types.go',
    ),
  ),
  ...rows(
    'operators.coreos.com',
    ['CatalogSource'],
    { paths: ['spec.image'] },
    github(
      OLM,
      '039d150defbba9f1e8cd63cf8655556c90434a2d',
      'pkg/operators/v1alpha1/catalogsource_types.go',
    ),
  ),
  ...rows(
    'operators.coreos.com',
    ['ClusterServiceVersion'],
    {
      paths: ['spec.relatedImages[*].image'],
      podSpecs: ['spec.install.spec.deployments[*].spec.template.spec'],
    },
    github(OLM, 'master', 'pkg/operators/v1alpha1/clusterserviceversion_types.go'),
  ),
  ...rows(
    'apps.openshift.io',
    ['DeploymentConfig'],
    {
      paths: ['spec.strategy.customParams.image'],
      podSpecs: ['spec.template.spec'],
    },
    github(
      'openshift/origin',
      '1efbce78f3e4e1b175bcb31dc050605c43ed6aba',
      'test/extended/testdata/deployments/deployment-simple.yaml',
    ),
  ),
  ...rows(
    'gateway.envoyproxy.io',
    ['EnvoyProxy'],
    {
      paths: below(
        ['spec.provider.kubernetes.envoyDeployment', 'spec.provider.kubernetes.envoyDaemonSet'],
        ['container.image', 'initContainers[*].image', 'pod.volumes[*].image.reference'],
      ),
    },
    github(
      'envoyproxy/gateway',
      '006c6ae6efe69e9332457a50cb76bd6bfc572bb0',
      'api/v1alpha1/shared_types.go',
    ),
  ),
  ...rows(
    'k8s.keycloak.org',
    ['Keycloak'],
    { paths: ['spec.image'], podSpecs: ['spec.unsupported.podTemplate.spec'] },
    github(
      'keycloak/keycloak',
      '0579c3696bea9ff529e5ab31209048fe6701bae6',
      'operator/src/main/java/org/keycloak/operator/crds/v2alpha1/deployment/KeycloakSpec.java',
    ),
  ),
  ...rows(
    'vault.banzaicloud.com',
    ['Vault'],
    {
      paths: [
        ...below(['spec'], ['image', 'bankVaultsImage', 'statsdImage', 'fluentdImage']),
        'spec.vaultContainerSpec.image',
      ],
      podSpecs: ['spec.vaultPodSpec', 'spec.vaultConfigurerPodSpec'],
    },
    github(
      'bank-vaults/vault-operator',
      '13ff470afe2fc42641c61437a24f368e4be96823',
      'deploy/examples/cr.yaml',
    ),
  ),
  // A DataVolume's `docker://` address is no reference, so CDI has no row.
  ...rows(
    'kubevirt.io',
    ['VirtualMachine'],
    { paths: machine('spec.template.spec') },
    github(KUBEVIRT, '5eb9ff746b7bcbcf69c4029b12d80e3296109ba1', 'examples/vm-cirros.yaml'),
  ),
  ...rows(
    'kubevirt.io',
    ['VirtualMachineInstance'],
    { paths: machine('spec') },
    github(KUBEVIRT, '18bc8e2d52ed2a09df639b2659219a849fa095ef', 'examples/vmi-kernel-boot.yaml'),
  ),
  ...rows(
    'kubevirt.io',
    ['VirtualMachineInstanceReplicaSet'],
    { paths: machine('spec.template.spec') },
    github(
      KUBEVIRT,
      '52932dfb7a7ad032e5aac9844390a29501a35edb',
      'examples/vmi-replicaset-cirros.yaml',
    ),
  ),
];

function machine(spec: string): string[] {
  return below(
    [spec],
    ['volumes[*].containerDisk.image', 'domain.firmware.kernelBoot.container.image'],
  );
}
