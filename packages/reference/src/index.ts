export { BadReference, type BadReferenceCode } from './bad-reference.ts';
export { isDigest } from './digest.ts';
export { familiarName } from './familiar.ts';
export { formatReference } from './format.ts';
export type { ImageReference } from './image-reference.ts';
export { parseReference } from './parse.ts';
export { withDigest } from './with-digest.ts';
