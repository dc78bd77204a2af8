import { answerError, isHtml } from '../answer-error.ts';
import type { Reply, Session } from '../auth/session.ts';
import { parseJsonObject } from '../json.ts';
import { RegistryError } from '../registry-error.ts';
import { headerValue, headerValues } from '../transport/message.ts';
import { cosignTags } from './cosign-tags.ts';
import { type Descriptor, descriptorsIn } from './descriptor.ts';
import { longestManifest } from './fetch-manifest.ts';
import { nextPage } from './link.ts';
import { acceptManifests, essence, ociIndex } from './media-types.ts';

const mostPages = 100;
const mostReferrers = 10_000;

/** Statuses by which a registry says that it has no referrers API. */
const unsupported: ReadonlySet<number> = new Set([400, 404, 405, 406, 501]);

/**
 * What refers to a digest (distribution-spec "Listing Referrers"): from the API, or where there
 * is none from the tag schema; and what cosign keeps under tags of its own. An empty list means that there is nothing; when the registry is
 * busy, refuses or fails it throws, so that "no signatures" is never a guess.
 */
export async function listReferrers(
  repository: string,
  digest: string,
  artifactType: string | undefined,
  session: Session,
): Promise<readonly Descriptor[]> {
  const [known, cosign] = await Promise.all([
    fromApi(repository, digest, session).then(
      (listed) => listed ?? fromTag(repository, digest, session),
    ),
    cosignTags(repository, digest, session),
  ]);
  const digests = new Set(known.map((item) => item.digest));
  const listed = [...known, ...cosign.filter((item) => !digests.has(item.digest))];
  // Filtered here, since a registry may ignore the filter, and some filter wrong.
  return listed.filter((item) => artifactType === undefined || item.artifactType === artifactType);
}

async function fromApi(
  repository: string,
  digest: string,
  session: Session,
): Promise<readonly Descriptor[] | undefined> {
  const found: Descriptor[] = [];
  const seen = new Set<string>();
  let path: string | undefined = `referrers/${digest}`;
  for (let page = 0; path !== undefined; page += 1) {
    const reply = await ask(session, repository, path);
    if (page >= mostPages || found.length > mostReferrers || seen.has(path)) throw endless(reply);
    seen.add(path);
    if (page === 0 && isUnsupported(reply, repository)) return undefined;
    const body = reply.status === 200 && !isHtml(reply) ? parseJsonObject(reply.body) : undefined;
    if (body === undefined) throw refusal(reply);
    found.push(...descriptorsIn(body.manifests));
    const links = headerValues(reply.headers, 'link');
    path = nextPage(links, reply.url, {
      repository: reply.repository ?? repository,
      path: `referrers/${digest}`,
    });
  }
  return found;
}

/** GHCR sends the question to its web pages; others answer a page, or a 404 without any JSON. */
function isUnsupported(reply: Reply, repository: string): boolean {
  if (!reply.url.pathname.startsWith(`/v2/${reply.repository ?? repository}/`)) return true;
  if (unsupported.has(reply.status)) return true;
  return reply.status === 200 && essence(headerValue(reply.headers, 'content-type')) !== ociIndex;
}

async function fromTag(
  repository: string,
  digest: string,
  session: Session,
): Promise<readonly Descriptor[]> {
  const reply = await ask(session, repository, `manifests/${fallbackTag(digest)}`);
  if (reply.status === 404 && !isHtml(reply)) return [];
  const body = reply.status === 200 && !isHtml(reply) ? parseJsonObject(reply.body) : undefined;
  if (body === undefined) throw refusal(reply);
  return descriptorsIn(body.manifests);
}

/** `sha256-<64 hex digits>`; both parts are cut, to 32 and 64 characters (distribution-spec). */
export function fallbackTag(digest: string): string {
  const [algorithm = '', encoded = ''] = digest.split(':');
  return `${algorithm.slice(0, 32)}-${encoded.slice(0, 64)}`.replace(/[^\w.-]/g, '-');
}

function ask(session: Session, repository: string, path: string): Promise<Reply> {
  return session({
    method: 'GET',
    repository,
    path,
    headers: { accept: path.startsWith('referrers/') ? ociIndex : acceptManifests },
    limit: longestManifest,
    step: 'list referrers',
  });
}

function endless(reply: Reply): RegistryError {
  return new RegistryError('REFERRERS_UNAVAILABLE', {
    host: reply.url.host,
    step: 'list referrers',
    reason: 'the list does not end',
    hint: 'a registry that does this is misconfigured or hostile; ask its operator',
  });
}

function refusal(reply: Reply): RegistryError {
  return answerError(reply, { step: 'list referrers', credentialSource: reply.credentialSource });
}
