import type { Exchange, Reply } from '../http/exchange.ts';
import { registryError } from './registry-error-reply.ts';
import type { RegistryState } from './state.ts';
import { putBlob, type Repository, repositoryOf, startUpload } from './store.ts';

/** POST: mounts a blob of another repository, takes one whole, or opens an upload. */
export function postUpload(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '' } = exchange.params;
  const repository = repositoryOf(store, name);
  const mounted = exchange.query.get('mount') ?? '';
  const source = store.get(exchange.query.get('from') ?? '')?.blobs.get(mounted);
  if (source !== undefined) {
    repository.blobs.set(mounted, source);
    return created(exchange, mounted);
  }
  const digest = exchange.query.get('digest');
  if (digest !== null) {
    return finish(exchange, repository, digest, exchange.body);
  }
  return progress(exchange, repository, startUpload(repository));
}

/** PATCH: one more chunk. */
export function patchUpload(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', upload = '' } = exchange.params;
  const repository = repositoryOf(store, name);
  const received = repository.uploads.get(upload);
  if (received === undefined) {
    return registryError('BLOB_UPLOAD_UNKNOWN');
  }
  const start = /^(\d+)-\d+$/.exec(exchange.headers['content-range'] ?? '')?.[1];
  if (start !== undefined && Number(start) !== received.length) {
    return registryError('BLOB_UPLOAD_INVALID');
  }
  repository.uploads.set(upload, Buffer.concat([received, exchange.body]));
  return progress(exchange, repository, upload);
}

/** PUT: the last chunk, and what it all adds up to. */
export function putUpload(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', upload = '' } = exchange.params;
  const repository = repositoryOf(store, name);
  const received = repository.uploads.get(upload);
  if (received === undefined) {
    return registryError('BLOB_UPLOAD_UNKNOWN');
  }
  repository.uploads.delete(upload);
  const bytes = Buffer.concat([received, exchange.body]);
  return finish(exchange, repository, exchange.query.get('digest') ?? '', bytes);
}

/** GET: how far an upload has come. */
export function getUpload(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', upload = '' } = exchange.params;
  const repository = repositoryOf(store, name);
  if (!repository.uploads.has(upload)) {
    return registryError('BLOB_UPLOAD_UNKNOWN');
  }
  return { ...progress(exchange, repository, upload), status: 204 };
}

/** DELETE: gives an upload up. */
export function deleteUpload(exchange: Exchange, { store }: RegistryState): Reply {
  const { name = '', upload = '' } = exchange.params;
  const known = store.get(name)?.uploads.delete(upload) ?? false;
  return known ? { status: 204, headers: {} } : registryError('BLOB_UPLOAD_UNKNOWN');
}

function finish(exchange: Exchange, repository: Repository, digest: string, bytes: Buffer): Reply {
  return putBlob(repository, digest, bytes)
    ? created(exchange, digest)
    : registryError('DIGEST_INVALID');
}

function created(exchange: Exchange, digest: string): Reply {
  return {
    status: 201,
    headers: {
      Location: `${exchange.origin}/v2/${exchange.params.name}/blobs/${digest}`,
      'Docker-Content-Digest': digest,
    },
  };
}

function progress(exchange: Exchange, repository: Repository, upload: string): Reply {
  const received = repository.uploads.get(upload)?.length ?? 0;
  return {
    status: 202,
    headers: {
      Location: `${exchange.origin}/v2/${exchange.params.name}/blobs/uploads/${upload}`,
      'Docker-Upload-UUID': upload,
      Range: `0-${Math.max(0, received - 1)}`,
    },
  };
}
