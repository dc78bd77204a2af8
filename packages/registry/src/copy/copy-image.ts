import type { Session } from '../auth/session.ts';
import { type FetchedManifest, getManifest } from '../manifest/fetch-manifest.ts';
import { isManifestType } from '../manifest/media-types.ts';
import { listReferrers } from '../manifest/referrers.ts';
import { RegistryError } from '../registry-error.ts';
import { type BlobFate, copyBlob } from './copy-blob.ts';
import { listInFallbackTag, pushManifest } from './push-manifest.ts';

/** One repository of one registry. */
export interface Repository {
  /** `docker.io`: blobs can be mounted between repositories of one name. */
  readonly registry: string;
  readonly path: string;
  readonly session: Session;
}

/** What a copy did. */
export interface Copied {
  /** The same at both ends. */
  readonly digest: string;
  /** Manifests that were sent, those of referrers included. */
  readonly manifests: number;
  /** Blobs that were sent, mounted, or there already. */
  readonly blobs: Readonly<Record<BlobFate, number>>;
}

export interface CopyPlan {
  readonly from: Repository;
  readonly to: Repository;
  /** Digest of what is copied. */
  readonly digest: string;
  /** Tag that it gets, if any. */
  readonly tag: string | undefined;
  readonly referrers: boolean;
  /** Nothing more is sent once it is aborted; what was sent stays, without the tag. */
  readonly signal?: AbortSignal | undefined;
}

interface Progress {
  readonly plan: CopyPlan;
  readonly done: Set<string>;
  readonly blobs: Record<BlobFate, number>;
  manifests: number;
}

/** Indexes within indexes, and referrers of referrers, end somewhere. */
const deepest = 8;

/**
 * Copies what a digest names, bit for bit: blobs first, then the manifests that name them, then
 * what refers to them, and the tag last, so that nobody sees a part. Every byte is verified on
 * the way; what is there already is not sent.
 */
export async function copyTree(plan: CopyPlan): Promise<Copied> {
  const blobs = { sent: 0, mounted: 0, present: 0 };
  const progress: Progress = { plan, done: new Set(), blobs, manifests: 0 };
  const top = await copyManifest(plan.digest, 0, progress);
  plan.signal?.throwIfAborted();
  if (plan.tag !== undefined) await pushManifest(plan.to, plan.tag, top);
  return { digest: plan.digest, manifests: progress.manifests, blobs };
}

async function copyManifest(
  digest: string,
  depth: number,
  progress: Progress,
): Promise<FetchedManifest> {
  const { from, to, referrers, signal } = progress.plan;
  signal?.throwIfAborted();
  const step = 'read the manifest';
  const manifest = await getManifest(
    { repository: from.path, reference: digest, step },
    from.session,
  );
  if (progress.done.has(digest) || depth > deepest) return manifest;
  progress.done.add(digest);
  const { manifests, config, layers, subject, isWhole } = manifest.parsed;
  if (!isWhole) throw notWhole(from, digest);
  for (const child of manifests) {
    if (isManifestType(child.mediaType)) await copyManifest(child.digest, depth + 1, progress);
  }
  for (const blob of [...(config === undefined ? [] : [config]), ...layers]) {
    await copyOnce(blob.digest, blob.size, blob.mediaType, progress);
  }
  const { listsSubject } = await pushManifest(to, digest, manifest);
  progress.manifests += 1;
  if (subject !== undefined && !listsSubject) {
    await listInFallbackTag(to, subject.digest, manifest);
  }
  if (referrers) {
    for (const item of await listReferrers(from.path, digest, undefined, from.session)) {
      const referrer = await copyManifest(item.digest, depth + 1, progress);
      if (item.tag !== undefined) await pushManifest(to, item.tag, referrer);
    }
  }
  return manifest;
}

/** What cannot be asked for cannot be copied, and an image that lacks a part is none. */
function notWhole({ registry }: Repository, digest: string): RegistryError {
  return new RegistryError('UNSUPPORTED_MEDIA', {
    host: registry,
    step: 'read the manifest',
    reason: `${digest} names a part by a digest or size that cannot be`,
    hint: 'do not use this image',
  });
}

/** Layers that may not be distributed stay where they are (image-spec `layer.md`). */
const foreign = /nondistributable|foreign/;

async function copyOnce(
  digest: string,
  size: number,
  mediaType: string,
  progress: Progress,
): Promise<void> {
  if (progress.done.has(digest) || foreign.test(mediaType)) return;
  progress.done.add(digest);
  const { from, to, signal } = progress.plan;
  signal?.throwIfAborted();
  const fate = await copyBlob(from, to, { digest, size });
  progress.blobs[fate] += 1;
}
