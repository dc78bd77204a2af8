import type { SemVer } from 'semver';
import compareBuild from 'semver/functions/compare-build.js';
import parse from 'semver/functions/parse.js';
import { answerError } from '../answer-error.ts';
import type { Session } from '../auth/session.ts';
import { parseJsonObject } from '../json.ts';
import { headerValues } from '../transport/message.ts';
import { nextPage } from './link.ts';

/** Page size: the most that ECR takes. */
const pageSize = 1000;
const longestPage = 8_388_608;
const mostPages = 1000;
const mostTags = 200_000;

/**
 * All tags of a repository, each once: full versions in order, then the others by name. Pages
 * are followed by `Link`, or by the last tag where a full page has none.
 */
export async function listTags(repository: string, session: Session): Promise<readonly string[]> {
  const tags = new Set<string>();
  const seen = new Set<string>();
  let path: string | undefined = `tags/list?n=${pageSize}`;
  for (let page = 0; path !== undefined && page < mostPages && tags.size < mostTags; page += 1) {
    seen.add(path);
    const before = tags.size;
    const answer = await readPage(path, repository, session);
    for (const tag of answer.tags) tags.add(tag);
    path = tags.size === before || seen.has(answer.next ?? '') ? undefined : answer.next;
  }
  return sortTags([...tags].slice(0, mostTags));
}

interface Page {
  readonly tags: readonly string[];
  readonly next: string | undefined;
}

async function readPage(path: string, repository: string, session: Session): Promise<Page> {
  const reply = await session({
    method: 'GET',
    repository,
    path,
    headers: { accept: 'application/json' },
    limit: longestPage,
    step: 'list tags',
  });
  const body = reply.status === 200 ? parseJsonObject(reply.body) : undefined;
  if (body === undefined) {
    throw answerError(reply, { step: 'list tags', credentialSource: reply.credentialSource });
  }
  const sent: readonly unknown[] = Array.isArray(body.tags) ? body.tags : [];
  const tags = sent.filter(isTag);
  const links = headerValues(reply.headers, 'link');
  const linked = nextPage(links, reply.url, {
    repository: reply.repository ?? repository,
    path: 'tags/list',
  });
  const last = tags.at(-1);
  const guessed =
    linked === undefined && sent.length >= pageSize && last !== undefined
      ? `tags/list?n=${pageSize}&last=${encodeURIComponent(last)}`
      : undefined;
  return { tags, next: linked ?? guessed };
}

function isTag(value: unknown): value is string {
  return typeof value === 'string' && /^\w[\w.-]{0,127}$/.test(value);
}

/** Full versions (`1.27.0`, `v1.2.3-rc.1`) in semver order, then the others by name. */
export function sortTags(tags: readonly string[]): readonly string[] {
  const versions: { readonly tag: string; readonly version: SemVer }[] = [];
  const names: string[] = [];
  for (const tag of tags) {
    const version = parse(tag);
    if (version === null) names.push(tag);
    else versions.push({ tag, version });
  }
  versions.sort((a, b) => compareBuild(a.version, b.version) || compareText(a.tag, b.tag));
  return [...versions.map(({ tag }) => tag), ...names.sort(compareText)];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
