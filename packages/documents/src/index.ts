export type { Confidence, Edit, ImageOccurrence } from './occurrence.ts';
