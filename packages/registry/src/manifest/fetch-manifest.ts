import { answerError, isHtml } from '../answer-error.ts';
import type { Question, Reply, Session } from '../auth/session.ts';
import type { Manifest, Resolved } from '../registry.ts';
import { RegistryError, type Step } from '../registry-error.ts';
import { headerValue, headerValues } from '../transport/message.ts';
import { algorithmOf, digestOf, isBelievableDigest, isVerifiableDigest } from './digest.ts';
import { acceptManifests, essence, isManifestType, isSchema1Type } from './media-types.ts';
import { type ParsedManifest, parseManifest } from './parse-manifest.ts';

/** One manifest of a repository, by tag or digest. */
export interface ManifestTarget {
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly step: Step;
  /** True when the registry itself has to answer, and not what is kept on disk. */
  readonly fresh?: boolean;
}

export interface FetchedManifest extends Manifest {
  readonly parsed: ParsedManifest;
}

/** Bytes; the specification asks registries to take at least 4 MB, containers/image reads as much. */
export const longestManifest = 4_194_304;

/**
 * What a HEAD says, when it can be believed: exactly one well-formed digest (the one asked for,
 * if one was), and a manifest's type. Undefined when a GET must decide.
 */
export async function headManifest(
  target: ManifestTarget,
  session: Session,
): Promise<Resolved | Reply> {
  const reply = await session(questionFor(target, 'HEAD'));
  if (reply.status !== 200) return reply;
  const digest = headerValue(reply.headers, 'docker-content-digest');
  const mediaType = essence(headerValue(reply.headers, 'content-type'));
  const isAsked = !target.reference.includes(':') || target.reference === digest;
  if (!isBelievableDigest(digest) || !isManifestType(mediaType) || !isAsked) return reply;
  return { digest, mediaType, size: sizeOf(reply), verified: false };
}

/**
 * A manifest with the digest of its bytes, read at most twice: a header that contradicts the
 * bytes is asked about once more, because a tag may move between two servers. Throws
 * `DIGEST_MISMATCH` when it still does, or when the bytes are not those of the digest asked for.
 */
export async function getManifest(
  target: ManifestTarget,
  session: Session,
): Promise<FetchedManifest> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await session(questionFor(target, 'GET'));
    if (reply.status !== 200) {
      throw answerError(reply, { step: target.step, credentialSource: reply.credentialSource });
    }
    const { digest, disagreement } = verify(reply, target);
    // The digest of a signed schema 1 is not that of its bytes, and it is refused for what it is.
    const isOld = isSchema1Type(essence(headerValue(reply.headers, 'content-type')));
    if (disagreement === undefined || isOld) return toManifest(reply, digest, target);
    if (attempt > 0) throw mismatch(reply, target, disagreement);
  }
}

function verify(
  reply: Reply,
  target: ManifestTarget,
): { readonly digest: string; readonly disagreement?: string } {
  if (isVerifiableDigest(target.reference)) {
    const digest = digestOf(reply.body, algorithmOf(target.reference));
    if (digest === target.reference) return { digest };
    return { digest, disagreement: `the bytes sent have the digest ${digest}` };
  }
  const header = headerValues(reply.headers, 'docker-content-digest')[0];
  if (!isVerifiableDigest(header)) return { digest: digestOf(reply.body, 'sha256') };
  const digest = digestOf(reply.body, algorithmOf(header));
  if (digest === header) return { digest };
  return { digest, disagreement: `the header says ${header}, the bytes sent have ${digest}` };
}

function toManifest(reply: Reply, digest: string, target: ManifestTarget): FetchedManifest {
  if (isHtml(reply)) {
    throw answerError(reply, { step: target.step, credentialSource: reply.credentialSource });
  }
  const origin = { host: reply.url.host, step: target.step };
  const parsed = parseManifest(reply.body, headerValue(reply.headers, 'content-type'), origin);
  return {
    digest,
    mediaType: parsed.mediaType,
    size: reply.body.length,
    verified: true,
    bytes: reply.body,
    parsed,
  };
}

function questionFor(target: ManifestTarget, method: 'HEAD' | 'GET'): Question {
  return {
    method,
    repository: target.repository,
    path: `manifests/${target.reference}`,
    headers: { accept: acceptManifests },
    limit: longestManifest,
    step: target.step,
    fresh: target.fresh,
  };
}

function sizeOf(reply: Reply): number | undefined {
  const size = Number(headerValue(reply.headers, 'content-length') ?? Number.NaN);
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

function mismatch(reply: Reply, target: ManifestTarget, reason: string): RegistryError {
  return new RegistryError('DIGEST_MISMATCH', {
    host: reply.url.host,
    step: target.step,
    reason: `${target.reference}: ${reason}`,
    hint: 'the registry or something on the way to it changes what it sends; do not use this image',
    status: reply.status,
  });
}
