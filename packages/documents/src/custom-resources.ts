import type { ImageField } from './image-field.ts';

/** Image fields of popular custom resources, each with the page that it was read from. */
export const CUSTOM_RESOURCES: readonly ImageField[] = [];
