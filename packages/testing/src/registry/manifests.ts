import { rawManifest, subjectOf } from '../content/content.ts';
import { hasDigest, isWholeDigest } from '../content/digest.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { registryError } from './registry-error-reply.ts';
import type { RegistryState } from './state.ts';
import { digestNamed, type Repository, repositoryOf, type StoredManifest } from './store.ts';

/** Served only to a client that names it in Accept, wildcards not counting, as distribution 2.8 does. */
const NEGOTIATED: readonly string[] = [MEDIA_TYPE.ociManifest, MEDIA_TYPE.ociIndex];
const STORABLE: readonly string[] = [
  ...NEGOTIATED,
  MEDIA_TYPE.dockerManifest,
  MEDIA_TYPE.dockerList,
];

/** GET and HEAD of a manifest by tag or digest. */
export function getManifest(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  const repository = store.get(name);
  const digest = repository && digestNamed(repository, reference);
  if (reference.includes(':') && !isWholeDigest(reference)) {
    return registryError('DIGEST_INVALID', 'invalid checksum digest length');
  }
  if (repository === undefined || digest === undefined) {
    return registryError('MANIFEST_UNKNOWN', unknownDetail(name, reference));
  }
  const accepted = acceptedTypes(exchange);
  const instead = reference.includes(':') ? undefined : withoutList(repository, digest, accepted);
  if (instead !== undefined && !accepted.has(MEDIA_TYPE.dockerManifest)) {
    return registryError('MANIFEST_INVALID', 'Schema 2 manifest not supported by client');
  }
  return serve(repository, instead ?? digest, accepted, exchange);
}

/** PUT of a manifest under a tag or its digest. */
export function putManifest(exchange: Exchange, state: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  const mediaType = String(exchange.headers['content-type'] ?? '').split(';')[0] ?? '';
  const repository = repositoryOf(state.store, name);
  const problem = refusal(repository, exchange.body, mediaType);
  if (problem !== undefined) {
    return problem;
  }
  const byDigest = reference.includes(':');
  if (byDigest && !hasDigest(exchange.body, reference)) {
    return registryError('DIGEST_INVALID');
  }
  const digest = byDigest ? reference : rawManifest(exchange.body, mediaType).digest;
  repository.manifests.set(digest, { mediaType, bytes: exchange.body });
  if (!byDigest) {
    repository.tags.set(reference, digest);
  }
  const subject = subjectOf(exchange.body);
  return {
    status: 201,
    headers: {
      Location: `${exchange.origin}/v2/${name}/manifests/${digest}`,
      'Docker-Content-Digest': digest,
      ...(subject !== undefined && state.referrers === 'api' ? { 'OCI-Subject': subject } : {}),
    },
  };
}

/** DELETE of a tag, or of a manifest with the tags that name it. */
export function deleteManifest(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  const repository = store.get(name);
  if (repository === undefined || digestNamed(repository, reference) === undefined) {
    return registryError('MANIFEST_UNKNOWN', unknownDetail(name, reference));
  }
  removeManifest(repository, reference);
  return { status: 202, headers: {} };
}

/** Takes a tag away, or a manifest with all its tags. */
export function removeManifest(repository: Repository, reference: string): void {
  if (!reference.includes(':')) {
    repository.tags.delete(reference);
    return;
  }
  repository.manifests.delete(reference);
  for (const [tag, digest] of repository.tags) {
    if (digest === reference) {
      repository.tags.delete(tag);
    }
  }
}

function serve(
  repository: Repository,
  digest: string,
  accepted: ReadonlySet<string>,
  exchange: Exchange,
): Reply {
  const { mediaType, bytes } = repository.manifests.get(digest) as StoredManifest;
  if (NEGOTIATED.includes(mediaType) && !accepted.has(mediaType)) {
    return registryError('MANIFEST_UNKNOWN', `${mediaType} found, but it is not accepted`);
  }
  const headers = { 'Docker-Content-Digest': digest, Etag: `"${digest}"` };
  if (exchange.headers['if-none-match']?.includes(digest)) {
    return { status: 304, headers: { Etag: headers.Etag } };
  }
  return { status: 200, headers: { 'Content-Type': mediaType, ...headers }, body: bytes };
}

/** A client that cannot read a Docker manifest list gets the image for linux/amd64 in its place. */
function withoutList(
  repository: Repository,
  digest: string,
  accepted: ReadonlySet<string>,
): string | undefined {
  const stored = repository.manifests.get(digest);
  if (stored?.mediaType !== MEDIA_TYPE.dockerList || accepted.has(MEDIA_TYPE.dockerList)) {
    return undefined;
  }
  const { manifests = [] } = JSON.parse(stored.bytes.toString('utf8')) as {
    manifests?: { digest: string; platform?: { os?: string; architecture?: string } }[];
  };
  return manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  )?.digest;
}

function acceptedTypes(exchange: Exchange): Set<string> {
  const entries = (exchange.headers.accept ?? '').split(',');
  return new Set(entries.map((entry) => entry.split(';')[0]?.trim().toLowerCase() ?? ''));
}

function refusal(repository: Repository, bytes: Buffer, mediaType: string): Reply | undefined {
  if (!STORABLE.includes(mediaType)) {
    return registryError('MANIFEST_INVALID', `unsupported manifest media type: ${mediaType}`);
  }
  const named = digestsNamed(bytes);
  if (named === undefined) {
    return registryError('MANIFEST_INVALID', 'the manifest is not a JSON object');
  }
  const missing = [
    ...named.blobs.filter((digest) => !repository.blobs.has(digest)),
    ...named.manifests.filter((digest) => !repository.manifests.has(digest)),
  ];
  return missing.length === 0 ? undefined : registryError('MANIFEST_BLOB_UNKNOWN', missing[0]);
}

function digestsNamed(bytes: Buffer): { blobs: string[]; manifests: string[] } | undefined {
  type Named = { digest: string; urls?: string[] };
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as {
      config?: Named;
      layers?: Named[];
      manifests?: Named[];
    };
    const own = (manifest.layers ?? []).filter((layer) => layer.urls === undefined);
    return {
      blobs: [...(manifest.config ? [manifest.config] : []), ...own].map(({ digest }) => digest),
      manifests: (manifest.manifests ?? []).map(({ digest }) => digest),
    };
  } catch {
    return undefined;
  }
}

function unknownDetail(name: string, reference: string): string {
  return reference.includes(':')
    ? `unknown manifest name=${name} revision=${reference}`
    : `unknown tag=${reference}`;
}
