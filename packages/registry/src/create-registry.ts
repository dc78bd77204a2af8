import type { ImageReference } from '@pindrift/reference';
import type { Session } from './auth/session.ts';
import { type Copied, type CopyPlan, copyTree, type Repository } from './copy/copy-image.ts';
import { endpointOf, registryName } from './endpoint.ts';
import { parseJsonObject } from './json.ts';
import { readBlob } from './manifest/blob.ts';
import { checkReference } from './manifest/check-reference.ts';
import { readConfig } from './manifest/config.ts';
import type { FetchedManifest } from './manifest/fetch-manifest.ts';
import { createManifests, type Manifests } from './manifest/manifests.ts';
import { isIndexType } from './manifest/media-types.ts';
import { platformEntries, platformsOf, platformText, selectPlatform } from './manifest/platform.ts';
import { listReferrers } from './manifest/referrers.ts';
import { listTags } from './manifest/tag-list.ts';
import type { Manifest, Platform, Registry, Resolved } from './registry.ts';
import { RegistryError } from './registry-error.ts';
import type { RegistryOptions } from './registry-options.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { stoppable } from './stoppable.ts';

interface Client {
  readonly manifests: Manifests;
  readonly config: (reference: ImageReference, image: FetchedManifest) => Promise<Manifest>;
}

/** What an image's configuration is read for when nobody says. */
const usualPlatform = 'linux/amd64';

/** Bytes; signatures, attestations and SBOMs are smaller, layers are read with a limit of their own. */
const usualBlobLimit = 16_777_216;

/**
 * A client for OCI registries. Nothing is loaded, read or opened before the first question, and
 * each tag and digest is asked about once, however often and from wherever it comes. Every method
 * may throw `RegistryError`.
 */
export function createRegistry(options: RegistryOptions = {}): Registry {
  return registryOver(createSessions(options));
}

/** A `Registry` that asks these sessions. */
export function registryOver(sessions: Sessions): Registry {
  const manifests = createManifests(sessions);
  const client: Client = {
    manifests,
    config: ({ domain, path }, image) =>
      readConfig(path, image, sessions.to(domain), endpointOf(domain).host),
  };
  return stoppable({
    resolve: (reference, { platform } = {}) => resolve(client, reference, platform),
    manifest: (reference, { platform } = {}) => manifestFor(client, reference, platform),
    config: async (reference, { platform } = {}) =>
      client.config(reference, await imageFor(client, reference, platform)),
    platforms: (reference) => platforms(client, reference),
    tags: async (reference) => {
      checkReference(reference);
      return listTags(reference.path, sessions.to(reference.domain));
    },
    referrers: async (reference, { artifactType } = {}) => {
      const { digest } = await manifests.resolve(reference);
      return listReferrers(reference.path, digest, artifactType, sessions.to(reference.domain));
    },
    blob: (reference, { maxBytes = usualBlobLimit } = {}) =>
      blob(reference, maxBytes, sessions.to(reference.domain)),
    copy: (from, to, { referrers = true, signal } = {}) =>
      copy(client, sessions, from, to, { referrers, signal }),
    close: () => sessions.close(),
  });
}

async function copy(
  { manifests }: Client,
  sessions: Sessions,
  from: ImageReference,
  to: ImageReference,
  options: Pick<CopyPlan, 'referrers' | 'signal'>,
): Promise<Copied> {
  checkReference(to);
  const { digest } = await manifests.resolve(from);
  if (to.digest !== undefined && to.digest !== digest) {
    throw new RegistryError('REF_INVALID', {
      host: to.domain,
      step: 'write',
      reason: `${from.text} is ${digest}, and a copy of it cannot be ${to.digest}`,
      hint: 'name the copy by a tag, or by the same digest',
    });
  }
  const tag = to.digest === undefined ? (to.tag ?? 'latest') : to.tag;
  const repository = ({ domain, path }: ImageReference): Repository => ({
    registry: registryName(domain),
    path,
    session: sessions.to(domain),
  });
  return copyTree({ from: repository(from), to: repository(to), digest, tag, ...options });
}

function blob(
  reference: ImageReference,
  maxBytes: number,
  session: Session,
): AsyncIterable<Uint8Array> {
  checkReference(reference);
  const { digest } = reference;
  if (digest === undefined) {
    throw new RegistryError('REF_INVALID', {
      host: reference.domain,
      step: 'read a blob',
      reason: 'a blob has no tag',
      hint: 'name it by digest: registry/repository@sha256:…',
    });
  }
  return readBlob({ repository: reference.path, digest, maxBytes, step: 'read a blob' }, session);
}

async function resolve(
  client: Client,
  reference: ImageReference,
  platform: Platform | undefined,
): Promise<Resolved> {
  const top = await client.manifests.resolve(reference);
  if (platform === undefined) return top;
  const found = await selectIn(client, reference, top, platform);
  return found === top ? top : { ...found, verified: false };
}

/** The part of what a reference names that is for a platform: an index entry, or the image itself. */
async function selectIn(
  client: Client,
  reference: ImageReference,
  top: Resolved,
  platform: Platform,
): Promise<Pick<Resolved, 'digest' | 'mediaType' | 'size' | 'verified'>> {
  const origin = { host: endpointOf(reference.domain).host, step: 'resolve' } as const;
  const read = await client.manifests.read(reference, 'resolve', top.digest);
  const own = isIndexType(read.mediaType) ? undefined : await ownPlatform(client, reference, read);
  if (own === undefined) {
    const { descriptor } = selectPlatform(platformEntries(read.parsed.manifests), platform, origin);
    const { digest, mediaType, size } = descriptor;
    return { digest, mediaType, size, verified: false };
  }
  const descriptor = { ...top, size: top.size ?? 0, platform: undefined, artifactType: undefined };
  selectPlatform(
    [{ platform: own, descriptor: { ...descriptor, annotations: {} } }],
    platform,
    origin,
  );
  return top;
}

async function manifestFor(
  client: Client,
  reference: ImageReference,
  platform: Platform | undefined,
): Promise<FetchedManifest> {
  const top = await client.manifests.read(reference, 'read the manifest');
  if (platform === undefined) return top;
  const { digest } = await selectIn(client, reference, top, platform);
  return client.manifests.read(reference, 'read the manifest', digest);
}

async function imageFor(
  client: Client,
  reference: ImageReference,
  platform: Platform | undefined,
): Promise<FetchedManifest> {
  if (platform !== undefined) return manifestFor(client, reference, platform);
  const top = await client.manifests.read(reference, 'read the config');
  if (!isIndexType(top.mediaType)) return top;
  const entries = platformEntries(top.parsed.manifests);
  const usual = entries.find((entry) => entry.platform === usualPlatform) ?? entries[0];
  if (usual === undefined) return top;
  return client.manifests.read(reference, 'read the config', usual.descriptor.digest);
}

async function platforms(client: Client, reference: ImageReference): Promise<readonly Platform[]> {
  const top = await client.manifests.read(reference, 'read the manifest');
  if (isIndexType(top.mediaType)) return platformsOf(platformEntries(top.parsed.manifests));
  const own = await ownPlatform(client, reference, top);
  return own === undefined ? [] : [own];
}

/** The platform of a single image, as its configuration says. */
async function ownPlatform(
  client: Client,
  reference: ImageReference,
  image: FetchedManifest,
): Promise<Platform | undefined> {
  if (image.parsed.config === undefined) return undefined;
  const config = await client.config(reference, image);
  return platformText(parseJsonObject(config.bytes));
}
