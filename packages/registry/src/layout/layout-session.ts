import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Question, Reply, Session } from '../auth/session.ts';
import { asObject, asText, type JsonObject, objectsIn, parseJsonObject } from '../json.ts';
import { isVerifiableDigest } from '../manifest/digest.ts';
import { ociIndex } from '../manifest/media-types.ts';
import { RegistryError } from '../registry-error.ts';

const refName = 'org.opencontainers.image.ref.name';
const longestIndex = 4_194_304;

/**
 * A layout that answers as a registry does, so that everything above it (hashes, limits, types)
 * holds for files too. Blobs that are links are refused: a layout may come from anywhere, and a
 * link may lead anywhere.
 */
export function layoutSession(folder: string): Session {
  return async (question) => {
    const [kind = '', rest = ''] = question.path.split(/[/?](.*)/s);
    const reference = decodeURIComponent(rest.split('?', 1)[0] ?? '');
    if (kind === 'tags') return tags(await readIndex(folder, question));
    if (kind === 'referrers') {
      return referrers(await readIndex(folder, question), reference, folder, question);
    }
    const entry = isVerifiableDigest(reference)
      ? undefined
      : named(await readIndex(folder, question), reference);
    const digest = entry === undefined ? reference : entry.digest;
    const bytes = isVerifiableDigest(digest) ? await readBlob(folder, digest, question) : undefined;
    if (bytes === undefined) return missing(folder, question);
    const type = asText(entry?.mediaType);
    return reply(200, bytes, {
      'docker-content-digest': String(digest),
      ...(type === undefined ? {} : { 'content-type': type }),
    });
  };
}

async function readIndex(folder: string, question: Question): Promise<readonly JsonObject[]> {
  const bytes = await readWhole(join(folder, 'index.json'), longestIndex, folder, question);
  const index = bytes === undefined ? undefined : parseJsonObject(bytes);
  if (index === undefined) {
    throw fault(folder, question, 'there is no image layout (no index.json that can be read)');
  }
  return objectsIn(index.manifests);
}

/** The entry with that name; `latest`, which nobody wrote, is the only one there is. */
function named(entries: readonly JsonObject[], name: string): JsonObject | undefined {
  const nameOf = (entry: JsonObject): string =>
    asText(asObject(entry.annotations)?.[refName]) ?? '';
  return (
    entries.find((entry) => nameOf(entry) === name) ??
    entries.find((entry) => nameOf(entry).endsWith(`:${name}`)) ??
    (name === 'latest' && entries.length === 1 ? entries[0] : undefined)
  );
}

function tags(entries: readonly JsonObject[]): Reply {
  const names = entries.map((entry) => asText(asObject(entry.annotations)?.[refName]) ?? '');
  const found = names.map((name) => name.slice(name.lastIndexOf(':') + 1)).filter(Boolean);
  return json({ tags: found }, 'application/json');
}

/** A layout has its referrers in its index beside the images; their manifests say of what. */
async function referrers(
  entries: readonly JsonObject[],
  digest: string,
  folder: string,
  question: Question,
): Promise<Reply> {
  const manifests: JsonObject[] = [];
  for (const entry of entries) {
    const bytes = isVerifiableDigest(entry.digest)
      ? await readBlob(folder, entry.digest, question)
      : undefined;
    const manifest = bytes === undefined ? undefined : parseJsonObject(bytes);
    if (asObject(manifest?.subject)?.digest !== digest) continue;
    const artifactType = manifest?.artifactType ?? asObject(manifest?.config)?.mediaType;
    manifests.push({ artifactType, ...entry });
  }
  return json({ manifests }, ociIndex);
}

function json(value: unknown, type: string): Reply {
  return reply(200, Buffer.from(JSON.stringify(value)), { 'content-type': type });
}

function missing(folder: string, { path }: Question): Reply {
  const errors = [{ code: 'MANIFEST_UNKNOWN', message: `${path} is not in ${folder}` }];
  const body = Buffer.from(JSON.stringify({ errors }));
  return reply(404, body, { 'content-type': 'application/json' });
}

function reply(status: number, body: Uint8Array, headers: Readonly<Record<string, string>>): Reply {
  return {
    status,
    url: new URL('/v2/layout/', 'file://image-layout'),
    headers: { 'content-length': String(body.length), ...headers },
    body,
    stream: onePiece(body),
    credentialSource: undefined,
  };
}

async function* onePiece(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

async function readBlob(
  folder: string,
  digest: string,
  question: Question,
): Promise<Uint8Array | undefined> {
  const [algorithm = '', hex = ''] = digest.split(':');
  return readWhole(join(folder, 'blobs', algorithm, hex), question.limit, folder, question);
}

async function readWhole(
  file: string,
  limit: number,
  folder: string,
  question: Question,
): Promise<Uint8Array | undefined> {
  const status = await lstat(file).catch(() => undefined);
  if (status === undefined) return undefined;
  if (!status.isFile()) throw fault(folder, question, `${file} is not a regular file`);
  if (status.size > limit) {
    const reason = `${file} is longer than ${limit} bytes`;
    throw new RegistryError('TOO_LARGE', { host: folder, step: question.step, reason });
  }
  return readFile(file);
}

function fault(folder: string, { step }: Question, reason: string): RegistryError {
  return new RegistryError('PROTOCOL', {
    host: folder,
    step,
    reason,
    hint: 'check that the folder holds an OCI image layout',
  });
}
