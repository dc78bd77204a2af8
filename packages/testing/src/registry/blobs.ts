import { isWholeDigest } from '../content/digest.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { registryError } from './registry-error-reply.ts';
import type { RegistryState } from './state.ts';

/** GET and HEAD of a blob, whole or one range of it. */
export function getBlob(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  if (!isWholeDigest(reference)) {
    return registryError('DIGEST_INVALID', 'invalid checksum digest length');
  }
  const bytes = store.get(name)?.blobs.get(reference);
  if (bytes === undefined) {
    return registryError('BLOB_UNKNOWN', reference);
  }
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Docker-Content-Digest': reference,
    Etag: `"${reference}"`,
    'Accept-Ranges': 'bytes',
  };
  const range = rangeOf(exchange.headers.range, bytes.length);
  if (range === undefined) {
    return { status: 200, headers, body: bytes };
  }
  const { first, last } = range;
  if (first > last) {
    return { status: 416, headers: { 'Content-Range': `bytes */${bytes.length}` } };
  }
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
    body: bytes.subarray(first, last + 1),
  };
}

export function deleteBlob(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  const deleted = store.get(name)?.blobs.delete(reference) ?? false;
  return deleted ? { status: 202, headers: {} } : registryError('BLOB_UNKNOWN', reference);
}

/** First and last byte of a single range (RFC 9110 section 14.1.2); other forms are ignored. */
function rangeOf(
  header: string | undefined,
  size: number,
): { first: number; last: number } | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) {
    return undefined;
  }
  if (from === '') {
    return { first: Math.max(0, size - Number(to)), last: size - 1 };
  }
  return { first: Number(from), last: to ? Math.min(Number(to), size - 1) : size - 1 };
}
