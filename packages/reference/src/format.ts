import type { ImageReference } from './image-reference.ts';

/**
 * The canonical form: `docker.io/library/nginx:1.27@sha256:…`. `latest` is not added.
 * `parseReference` reads it back to the same parts.
 */
export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.domain}/${reference.path}${tag}${digest}`;
}
