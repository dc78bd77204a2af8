import type { ImageField } from '../image-field.ts';
import { below, github, rows } from './row.ts';

/** Strimzi lists the places of `image` on the page of its downstream; `build.output` is a target. */
const STRIMZI =
  'https://docs.redhat.com/en/documentation/red_hat_streams_for_apache_kafka/2.7/html/' +
  'streams_for_apache_kafka_api_reference/con-common-configuration-images-reference';

/** Brokers of messages. */
export const MESSAGING_RESOURCES: readonly ImageField[] = [
  ...rows(
    'kafka.strimzi.io',
    ['Kafka'],
    {
      paths: below(
        ['spec'],
        [
          'kafka.image',
          'kafka.brokerRackInitImage',
          'zookeeper.image',
          'entityOperator.topicOperator.image',
          'entityOperator.userOperator.image',
          'entityOperator.tlsSidecar.image',
          'cruiseControl.image',
          'kafkaExporter.image',
        ],
      ),
    },
    STRIMZI,
  ),
  ...rows(
    'kafka.strimzi.io',
    ['KafkaConnect', 'KafkaMirrorMaker2', 'KafkaBridge'],
    { paths: ['spec.image', 'spec.clientRackInitImage'] },
    STRIMZI,
  ),
  ...rows('kafka.strimzi.io', ['KafkaMirrorMaker'], { paths: ['spec.image'] }, STRIMZI),
  ...rows(
    'rabbitmq.com',
    ['RabbitmqCluster'],
    { paths: ['spec.image'], podSpecs: ['spec.override.statefulSet.spec.template.spec'] },
    github(
      'rabbitmq/cluster-operator',
      '039848e02910c4382ebc33e3158d3de1388969ef',
      'api/v1beta1/rabbitmqcluster_types.go',
    ),
  ),
];
