import { ARGO_RESOURCES } from './custom-resources/argo.ts';
import { BATCH_RESOURCES } from './custom-resources/batch.ts';
import { DATABASE_RESOURCES } from './custom-resources/databases.ts';
import { KRUISE_RESOURCES } from './custom-resources/kruise.ts';
import { MESSAGING_RESOURCES } from './custom-resources/messaging.ts';
import { OBSERVABILITY_RESOURCES } from './custom-resources/observability.ts';
import { PIPELINE_RESOURCES } from './custom-resources/pipelines.ts';
import { PLATFORM_RESOURCES } from './custom-resources/platform.ts';
import { POSTGRES_RESOURCES } from './custom-resources/postgres.ts';
import { SEARCH_RESOURCES } from './custom-resources/search.ts';
import { SERVING_RESOURCES } from './custom-resources/serving.ts';
import { TRAINING_RESOURCES } from './custom-resources/training.ts';
import type { ImageField } from './image-field.ts';

/** Image fields of popular custom resources, each with the page that it was read from. */
export const CUSTOM_RESOURCES: readonly ImageField[] = [
  ...ARGO_RESOURCES,
  ...BATCH_RESOURCES,
  ...DATABASE_RESOURCES,
  ...KRUISE_RESOURCES,
  ...MESSAGING_RESOURCES,
  ...OBSERVABILITY_RESOURCES,
  ...PIPELINE_RESOURCES,
  ...PLATFORM_RESOURCES,
  ...POSTGRES_RESOURCES,
  ...SEARCH_RESOURCES,
  ...SERVING_RESOURCES,
  ...TRAINING_RESOURCES,
];
