import { randomUUID } from 'node:crypto';
import { type Content, rawManifest, subjectOf } from '../content/content.ts';
import { hasDigest } from '../content/digest.ts';
import { index } from '../content/index-of.ts';

export interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface Repository {
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
  readonly blobs: Map<string, Buffer>;
  readonly uploads: Map<string, Buffer>;
}

/** Everything a registry holds: repositories by name. */
export type Store = Map<string, Repository>;

/** The repository, made when it does not exist yet. */
export function repositoryOf(store: Store, name: string): Repository {
  const known = store.get(name);
  if (known !== undefined) {
    return known;
  }
  const fresh = { manifests: new Map(), tags: new Map(), blobs: new Map(), uploads: new Map() };
  store.set(name, fresh);
  return fresh;
}

/** Stores content with all that belongs to it, its blobs and children first. */
export function putContent(repository: Repository, content: Content): void {
  for (const [digest, bytes] of content.blobs) {
    repository.blobs.set(digest, bytes);
  }
  for (const child of content.children) {
    putContent(repository, child);
  }
  repository.manifests.set(content.digest, content);
}

/** The digest that a tag or digest names here, or undefined. */
export function digestNamed(repository: Repository, reference: string): string | undefined {
  const digest = reference.includes(':') ? reference : repository.tags.get(reference);
  return digest !== undefined && repository.manifests.has(digest) ? digest : undefined;
}

/** Manifests whose `subject` is this digest, in the order they came. */
export function referrersOf(repository: Repository, subject: string): Content[] {
  return [...repository.manifests.values()]
    .filter((stored) => subjectOf(stored.bytes) === subject)
    .map((stored) => referrer(stored, algorithmOf(repository, stored)));
}

/**
 * Keeps the tag that stands for the referrers API where there is none, as a client does on push:
 * algorithm and hex, each cut to the specification's 32 and 64 characters.
 */
export function updateFallbackTag(repository: Repository, subject: string): void {
  const referrers = referrersOf(repository, subject);
  const list = index(referrers.map((content) => content.descriptor));
  repository.manifests.set(list.digest, list);
  repository.tags.set(fallbackTag(subject), list.digest);
}

/** `sha256-<hex>`, where referrers are looked for without the API. */
function fallbackTag(digest: string): string {
  const [algorithm = '', encoded = ''] = digest.split(':');
  return `${algorithm.slice(0, 32)}-${encoded.slice(0, 64)}`.replaceAll(/[^\w.-]/g, '-');
}

/** Starts an upload and returns its id. */
export function startUpload(repository: Repository): string {
  const id = randomUUID();
  repository.uploads.set(id, Buffer.alloc(0));
  return id;
}

/** Stores the blob if the bytes are what the digest says; false when they are not. */
export function putBlob(repository: Repository, digest: string, bytes: Buffer): boolean {
  const valid = hasDigest(bytes, digest);
  if (valid) {
    repository.blobs.set(digest, bytes);
  }
  return valid;
}

function referrer(stored: StoredManifest, algorithm: 'sha256' | 'sha512'): Content {
  const manifest = JSON.parse(stored.bytes.toString('utf8')) as {
    artifactType?: string;
    config?: { mediaType?: string };
    annotations?: Record<string, string>;
  };
  const artifactType = manifest.artifactType ?? manifest.config?.mediaType;
  return rawManifest(stored.bytes, stored.mediaType, {
    algorithm,
    descriptor: {
      ...(artifactType === undefined ? {} : { artifactType }),
      ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
    },
  });
}

function algorithmOf(repository: Repository, stored: StoredManifest): 'sha256' | 'sha512' {
  const digest = [...repository.manifests].find(([, other]) => other === stored)?.[0];
  return digest?.startsWith('sha512:') ? 'sha512' : 'sha256';
}
