import { createHash } from 'node:crypto';
import { answerError } from '../answer-error.ts';
import type { Session } from '../auth/session.ts';
import { RegistryError, type RegistryErrorCode, type Step } from '../registry-error.ts';
import { toRegistryError } from '../transport/network-error.ts';
import { algorithmOf } from './digest.ts';

/** One blob of a repository. */
export interface BlobTarget {
  readonly repository: string;
  readonly digest: string;
  readonly maxBytes: number;
  readonly step: Step;
}

/**
 * The bytes of a blob, hashed while they pass; it throws at the end when they are not those of
 * the digest, and as soon as they are too many. The registry may send the reader elsewhere for
 * them, and nothing secret goes there.
 */
export async function* readBlob(target: BlobTarget, session: Session): AsyncGenerator<Uint8Array> {
  const { digest, maxBytes, step } = target;
  const reply = await session({
    method: 'GET',
    repository: target.repository,
    path: `blobs/${digest}`,
    limit: maxBytes,
    stream: true,
    step,
  });
  if (reply.status !== 200 || reply.stream === undefined) {
    throw answerError(reply, { step, credentialSource: reply.credentialSource });
  }
  const fail = (code: RegistryErrorCode, reason: string): RegistryError =>
    new RegistryError(code, { host: reply.url.host, step, reason });
  const hash = createHash(algorithmOf(digest));
  let length = 0;
  try {
    for await (const chunk of reply.stream) {
      length += chunk.length;
      if (length > maxBytes) throw fail('TOO_LARGE', `the blob is longer than ${maxBytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw toRegistryError(error, { url: reply.url, step });
  }
  const found = `${algorithmOf(digest)}:${hash.digest('hex')}`;
  if (found !== digest) {
    throw fail('DIGEST_MISMATCH', `${digest} was asked for, the bytes sent have ${found}`);
  }
}
