import type { ImageReference } from '@pindrift/reference';
import { RegistryError } from '../registry-error.ts';
import { isVerifiableDigest } from './digest.ts';

const path = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const tag = /^\w[\w.-]{0,127}$/;

/**
 * Refuses what must not become part of a URL. References that were parsed have passed already;
 * this holds for those that a program put together. Throws `REF_INVALID`.
 */
export function checkReference(reference: ImageReference): void {
  const fault = faultOf(reference);
  if (fault === undefined) return;
  throw new RegistryError('REF_INVALID', {
    host: reference.domain,
    step: 'resolve',
    reason: fault,
    hint: 'write it as registry/repository:tag or registry/repository@sha256:…',
  });
}

function faultOf(reference: ImageReference): string | undefined {
  if (reference.path.length > 255 || !path.test(reference.path)) {
    return `'${reference.path.slice(0, 80)}' is not a repository`;
  }
  if (reference.tag !== undefined && !tag.test(reference.tag)) {
    return `'${reference.tag.slice(0, 80)}' is not a tag`;
  }
  const { digest } = reference;
  if (digest !== undefined && !isVerifiableDigest(digest)) {
    return `'${String(digest).slice(0, 80)}' is not a sha256 or sha512 digest`;
  }
  return undefined;
}
