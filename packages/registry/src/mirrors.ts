import type { Question, Reply, Session } from './auth/session.ts';
import type { Endpoint } from './endpoint.ts';
import { RegistryError } from './registry-error.ts';
import { coversPath, type Route } from './settings/routes.ts';

/** Where something is read, and what stands there for the prefix of a route. */
interface Place {
  readonly session: Session;
  /** Path of a repository, or of what lies before one. */
  readonly path: string;
}

interface MirrorPlace extends Place {
  readonly mayResolve: boolean;
  readonly hasDigests: boolean;
}

/**
 * A session that reads where the route of a repository says: from its mirrors first, then from
 * its location or the registry itself. What is named by digest may come from any mirror, since
 * its hash is checked; what a tag means, and what there is, only from those that the
 * configuration trusts with it. A mirror that lacks something or fails is passed over. Each place
 * is asked with its own credentials, and a mirror is told by `ns` which registry is meant. What
 * is written goes to the registry itself.
 */
export function routedSession(
  registry: Endpoint,
  routes: readonly Route[],
  own: Session,
  to: (host: string) => Session,
): Session {
  const sessions = routes.map((route) => ({
    path: route.path,
    read: route.blocked ? blockedSession(registry) : routeSession(registry, route, own, to),
    write: route.blocked ? blockedSession(registry) : own,
  }));
  return (question) => {
    const route = sessions.find(({ path }) => coversPath(path, question.repository));
    if (route === undefined) return own(question);
    return question.step === 'write' ? route.write(question) : route.read(question);
  };
}

function routeSession(
  registry: Endpoint,
  { path: prefix, mirrors, location }: Route,
  own: Session,
  to: (host: string) => Session,
): Session {
  const places = mirrors.map(
    (mirror): MirrorPlace => ({
      ...placeOf(mirror.url, to),
      mayResolve: mirror.resolve === true,
      hasDigests: mirror.digests !== false,
    }),
  );
  const source = location === undefined ? undefined : placeOf(`https://${location}`, to);
  return async (question) => {
    const byDigest = isByDigest(question);
    for (const place of places) {
      if (byDigest ? !place.hasDigests : !place.mayResolve) continue;
      const reply = await tryPlace(place, question, prefix, registry.name);
      if (reply !== undefined) return reply;
    }
    if (source === undefined) return own(question);
    const repository = moved(question.repository, prefix, source.path, registry.host);
    return { ...(await source.session({ ...question, repository })), repository };
  };
}

function blockedSession(registry: Endpoint): Session {
  return async ({ repository, step }) => {
    throw new RegistryError('BLOCKED_BY_POLICY', {
      host: registry.host,
      step,
      reason: `the configuration blocks ${registry.name}/${repository}`,
      hint: 'it says so under registries, or in registries.conf',
    });
  };
}

function placeOf(mirror: string, to: (host: string) => Session): Place {
  const text = mirror.includes('://') ? mirror : `https://${mirror}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = url?.pathname.replace(/^\/|\/$/g, '').replace(/^v2(?:\/|$)/, '') ?? '';
  // The parser of URLs takes `..` away, and with it a part of what was meant.
  const isUsable =
    url !== undefined && url.username === '' && url.search === '' && !text.includes('/..');
  if (!isUsable || !/^(?:[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)?$/.test(path)) {
    throw new RegistryError('CONFIGURATION', {
      host: url?.host ?? mirror.slice(0, 80),
      step: 'connect',
      reason: 'this is not the URL of a mirror',
      hint: 'write it as https://host:port/prefix',
    });
  }
  return { session: to(url.host), path };
}

/** A repository with another path in the place of its prefix. */
function moved(repository: string, prefix: string, path: string, host: string): string {
  const rest = prefix === '' ? repository : repository.slice(prefix.length + 1);
  const whole = [path, rest].filter((part) => part !== '').join('/');
  if (whole !== '') return whole;
  throw new RegistryError('CONFIGURATION', {
    host,
    step: 'connect',
    reason: `${repository} is to be read from a host without a repository`,
    hint: 'name the repository in the URL of the mirror or location',
  });
}

async function tryPlace(
  { session, path }: Place,
  question: Question,
  prefix: string,
  registry: string,
): Promise<Reply | undefined> {
  const separator = question.path.includes('?') ? '&' : '?';
  const repository = moved(question.repository, prefix, path, registry);
  try {
    const reply = await session({
      ...question,
      repository,
      path: `${question.path}${separator}ns=${encodeURIComponent(registry)}`,
    });
    return reply.status === 200 ? { ...reply, repository } : undefined;
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}

function isByDigest({ path }: Question): boolean {
  return /^(?:manifests|blobs)\/[a-z0-9]+:[a-f0-9]+$/.test(path);
}
