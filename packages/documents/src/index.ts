export { BadDocument, type BadDocumentCode } from './bad-document.ts';
export type { ImageField, SplitImage } from './image-field.ts';
export type { Confidence, Edit, ImageOccurrence } from './occurrence.ts';
export { rewrite } from './rewrite.ts';
