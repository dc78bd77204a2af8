import { requireDigest } from './digest.ts';
import type { ImageReference } from './image-reference.ts';
import { parseReference } from './parse.ts';

/**
 * What is written back: the author's own spelling with `@digest` behind it, in place of the
 * digest that stood there. No tag is added and none is taken away.
 *
 * Throws `BadReference` where the text is no reference or `digest` no digest.
 */
export function withDigest(reference: string | ImageReference, digest: string): string {
  const { text, digest: old } =
    typeof reference === 'string' ? parseReference(reference) : reference;
  requireDigest(digest, 0);
  const base = old === undefined ? text : text.slice(0, text.length - old.length - 1);
  return `${base}@${digest}`;
}
