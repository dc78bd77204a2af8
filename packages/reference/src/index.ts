export type { ImageReference } from './image-reference.ts';
