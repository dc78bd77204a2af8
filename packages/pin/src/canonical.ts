import { formatReference, type ImageReference } from '@pindrift/reference';

/**
 * The key under which the lock holds a reference: canonical name and tag, without its digest.
 * A reference without a tag stands for `latest`, as every container runtime reads it.
 */
export function lockKey(reference: ImageReference): string {
  const { domain, path, tag = 'latest', text } = reference;
  return formatReference({ domain, path, tag, text });
}
