import type { Question, Reply, Session } from './auth/session.ts';
import { RegistryError } from './registry-error.ts';
import type { Mirror } from './registry-options.ts';

interface Place {
  readonly session: Session;
  /** Before the repository, with a slash at the end where there is one. */
  readonly prefix: string;
  readonly mayResolve: boolean;
}

/**
 * A session that reads from mirrors first. What is named by digest may come from any of them,
 * since its hash is checked; what a tag means, and what there is, only from those that the
 * configuration trusts with it. A mirror that lacks something or fails is passed over, a mirror
 * is asked with its own credentials, and is told by `ns` which registry is meant.
 */
export function mirroredSession(
  registry: string,
  mirrors: readonly Mirror[],
  own: Session,
  to: (host: string) => Session,
): Session {
  const places = mirrors.map((mirror) => placeOf(mirror, to));
  return async (question) => {
    for (const place of places) {
      if (question.method !== 'GET' && question.method !== 'HEAD') break;
      if (!place.mayResolve && !isByDigest(question)) continue;
      const reply = await tryPlace(place, question, registry);
      if (reply !== undefined) return reply;
    }
    return own(question);
  };
}

function placeOf(mirror: Mirror, to: (host: string) => Session): Place {
  const text = mirror.url.includes('://') ? mirror.url : `https://${mirror.url}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = url?.pathname.replace(/^\/|\/$/g, '').replace(/^v2(?:\/|$)/, '') ?? '';
  const isUsable = url !== undefined && url.username === '' && url.search === '';
  if (!isUsable || !/^(?:[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)?$/.test(path)) {
    throw new RegistryError('CONFIGURATION', {
      host: url?.host ?? mirror.url.slice(0, 80),
      step: 'connect',
      reason: 'this is not the URL of a mirror',
      hint: 'write it as https://host:port/prefix',
    });
  }
  return {
    session: to(url.host),
    prefix: path === '' ? '' : `${path}/`,
    mayResolve: mirror.resolve === true,
  };
}

async function tryPlace(
  { session, prefix }: Place,
  question: Question,
  registry: string,
): Promise<Reply | undefined> {
  const separator = question.path.includes('?') ? '&' : '?';
  try {
    const reply = await session({
      ...question,
      repository: `${prefix}${question.repository}`,
      path: `${question.path}${separator}ns=${encodeURIComponent(registry)}`,
    });
    return reply.status === 200 ? reply : undefined;
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}

function isByDigest({ path }: Question): boolean {
  return /^(?:manifests|blobs)\/[a-z0-9]+:[a-f0-9]+$/.test(path);
}
