import { answerError } from '../answer-error.ts';
import { objectsIn, parseJsonObject } from '../json.ts';
import { type FetchedManifest, longestManifest } from '../manifest/fetch-manifest.ts';
import { acceptManifests, ociIndex } from '../manifest/media-types.ts';
import { fallbackTag } from '../manifest/referrers.ts';
import { headerValue } from '../transport/message.ts';
import type { Repository } from './copy-image.ts';

/** A manifest as it is sent. */
export type Pushable = Pick<FetchedManifest, 'bytes' | 'mediaType'>;

/**
 * Puts a manifest in place under a tag or its digest. `listsSubject` says whether the registry
 * itself will list it as a referrer (`OCI-Subject`, distribution-spec "Pushing Manifests with Subject").
 */
export async function pushManifest(
  to: Repository,
  reference: string,
  manifest: Pushable,
): Promise<{ readonly listsSubject: boolean }> {
  const reply = await to.session({
    method: 'PUT',
    repository: to.path,
    path: `manifests/${reference}`,
    headers: { 'content-type': manifest.mediaType },
    body: manifest.bytes,
    limit: longestManifest,
    step: 'write',
  });
  if (reply.status !== 201 && reply.status !== 200) {
    throw answerError(reply, { step: 'write', credentialSource: reply.credentialSource });
  }
  return { listsSubject: headerValue(reply.headers, 'oci-subject') !== undefined };
}

/** Adds a referrer to the index under the tag of its subject, for registries without the API. */
export async function listInFallbackTag(
  to: Repository,
  subject: string,
  referrer: FetchedManifest,
): Promise<void> {
  const tag = fallbackTag(subject);
  const reply = await to.session({
    method: 'GET',
    repository: to.path,
    path: `manifests/${tag}`,
    headers: { accept: acceptManifests },
    limit: longestManifest,
    step: 'write',
  });
  if (reply.status !== 200 && reply.status !== 404) {
    throw answerError(reply, { step: 'write', credentialSource: reply.credentialSource });
  }
  const known = reply.status === 200 ? objectsIn(parseJsonObject(reply.body)?.manifests) : [];
  if (known.some(({ digest }) => digest === referrer.digest)) return;
  const { artifactType, config, annotations } = referrer.parsed;
  const entry = {
    mediaType: referrer.mediaType,
    digest: referrer.digest,
    size: referrer.bytes.length,
    artifactType: artifactType ?? config?.mediaType,
    annotations,
  };
  const index = { schemaVersion: 2, mediaType: ociIndex, manifests: [...known, entry] };
  await pushManifest(to, tag, { mediaType: ociIndex, bytes: Buffer.from(JSON.stringify(index)) });
}
