import { RegistryError } from '../registry-error.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Deliver } from './delivery.ts';
import { type HttpAnswer, type HttpRequest, headerValue } from './message.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const mostHops = 5;

/**
 * Delivers a request and goes where the answer to a GET or HEAD sends it, at most five times. Credentials stay
 * with the origin they were meant for: once a hop has left it they are gone for good, also when
 * a later hop comes back. Never from https to http, never to other ports than the usual ones
 * (unless the endpoint is plain http or private itself), never to a URL with a user in it.
 */
export async function follow(
  request: HttpRequest,
  deliver: Deliver,
  guard: AddressGuard,
): Promise<HttpAnswer> {
  let current = request;
  for (let hop = 0; ; hop += 1) {
    const answer = await deliver(current);
    const isRead = current.method === 'GET' || current.method === 'HEAD';
    const location =
      isRead && redirects.has(answer.status) ? headerValue(answer.headers, 'location') : undefined;
    if (location === undefined) return answer;
    if (hop >= mostHops) throw blocked(current, `it was redirected more than ${mostHops} times`);
    const url = nextUrl(current, location, guard.isPrivate(request.onBehalfOf));
    current =
      url.origin === current.url.origin ? { ...current, url } : withoutSecrets(current, url);
  }
}

/** The URL that an answer to a request points to, or `BLOCKED_BY_POLICY`. */
export function nextUrl(
  request: Pick<HttpRequest, 'url' | 'step'>,
  location: string,
  isPrivate: boolean,
): URL {
  const from = request.url;
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (url === undefined) throw blocked(request, 'it was redirected to something that is no URL');
  const shown = `${url.protocol}//${url.host}`;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw blocked(request, `it was redirected to ${url.protocol}`);
  }
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw blocked(request, `it was redirected from https to ${shown}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw blocked(request, `it was redirected to a URL with a user in it, on ${url.host}`);
  }
  const usual =
    url.port === '' || url.port === '80' || url.port === '443' || url.port === from.port;
  if (!usual && !isPrivate && from.protocol === 'https:') {
    throw blocked(request, `it was redirected to an unusual port, ${shown}`);
  }
  url.hash = '';
  return url;
}

function withoutSecrets(request: HttpRequest, url: URL): HttpRequest {
  const { authorization: _, ...rest } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name === 'accept' || name === 'user-agent'),
  );
  return { ...rest, headers, url };
}

function blocked(request: Pick<HttpRequest, 'url' | 'step'>, reason: string): RegistryError {
  return new RegistryError('BLOCKED_BY_POLICY', {
    host: request.url.host,
    step: request.step,
    reason,
    hint: 'a registry that does this is misconfigured or hostile; ask its operator',
  });
}
