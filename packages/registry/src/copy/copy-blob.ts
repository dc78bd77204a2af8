import { Readable } from 'node:stream';
import { answerError } from '../answer-error.ts';
import type { Question, Reply } from '../auth/session.ts';
import { readBlob } from '../manifest/blob.ts';
import { headerValue } from '../transport/message.ts';
import { nextUrl } from '../transport/redirect.ts';
import type { Repository } from './copy-image.ts';

/** How a blob came to be where it should be. */
export type BlobFate = 'sent' | 'mounted' | 'present';

const longestAnswer = 65_536;

/**
 * Makes sure that a repository has a blob: it may have it, may take it from another repository
 * of its own registry, or gets it, streamed from its source and verified on the way.
 */
export async function copyBlob(
  from: Repository,
  to: Repository,
  blob: { readonly digest: string; readonly size: number },
): Promise<BlobFate> {
  const { digest } = blob;
  const head = await to.session(question(to, 'HEAD', `blobs/${digest}`));
  if (head.status === 200) return 'present';
  if (head.status !== 404) throw refusal(head);

  const opened = await openUpload(from, to, digest);
  if (opened.status === 201) return 'mounted';
  const location = headerValue(opened.headers, 'location');
  if (opened.status !== 202 || location === undefined) throw refusal(opened);

  const url = nextUrl({ url: opened.url, step: 'write' }, location, false);
  url.searchParams.set('digest', digest);
  const source = {
    repository: from.path,
    digest,
    maxBytes: blob.size,
    step: 'read a blob',
  } as const;
  const sent = await to.session({
    ...question(to, 'PUT', ''),
    location: url,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) },
    body: Readable.from(readBlob(source, from.session)),
  });
  if (sent.status !== 201) throw refusal(sent);
  return 'sent';
}

/** Opens an upload; between repositories of one registry it may be done with that (201). */
async function openUpload(from: Repository, to: Repository, digest: string): Promise<Reply> {
  const mayMount = from.registry === to.registry && from.path !== to.path;
  const mount = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from.path)}`;
  return to.session({
    ...question(to, 'POST', `blobs/uploads/${mayMount ? mount : ''}`),
    headers: { 'content-length': '0' },
    ...(mayMount ? { alsoReads: from.path } : {}),
  });
}

function question(
  { path: repository }: Repository,
  method: Question['method'],
  path: string,
): Question {
  return { method, repository, path, limit: longestAnswer, step: 'write' };
}

function refusal(reply: Reply): Error {
  return answerError(reply, { step: 'write', credentialSource: reply.credentialSource });
}
