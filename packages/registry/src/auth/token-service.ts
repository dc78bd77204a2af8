import { answerError } from '../answer-error.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials/keychain.ts';
import { RegistryError } from '../registry-error.ts';
import type { HttpAnswer, HttpRequest } from '../transport/message.ts';
import { readToken, type Token } from './token-answer.ts';

/** What a token is asked for. */
export interface TokenQuestion {
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scopes: readonly string[];
  readonly credentials: Credentials | undefined;
  /** Host that the user named, for the address guard. */
  readonly onBehalfOf: string;
}

export interface TokenServiceOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly warn: (message: string) => void;
  /** Delivers a request without following redirects. */
  readonly deliver: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Delivers a request that carries no secret, redirects followed. */
  readonly follow: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** A token, and the source of the credentials that were refused before it was issued to nobody. */
export interface IssuedToken extends Token {
  readonly refused: Credentials | undefined;
}

const longestAnswer = 131_072;
const clientId = 'pindrift';

/**
 * Asks a token service (distribution `docs/spec/auth/token.md`): by GET with the credentials as
 * Basic, by POST for a refresh token. When it refuses the credentials, once more without them,
 * since a public repository needs none.
 */
export async function requestToken(
  question: TokenQuestion,
  options: TokenServiceOptions,
): Promise<IssuedToken> {
  const { credentials } = question;
  const askedAt = options.clock.now();
  const answer = await send(question, options);
  if (answer.status === 200) return issued(answer, askedAt, undefined);
  if (credentials === undefined || (answer.status !== 401 && answer.status !== 403)) {
    throw failure(answer, credentials);
  }
  const anonymous = await send({ ...question, credentials: undefined }, options);
  if (anonymous.status !== 200) throw failure(answer, credentials);
  options.warn(
    `${question.realm.host} refused the credentials from ${credentials.source}; going on without them`,
  );
  return issued(anonymous, askedAt, credentials);
}

async function send(question: TokenQuestion, options: TokenServiceOptions): Promise<HttpAnswer> {
  const { credentials } = question;
  if (credentials?.kind === 'identity') {
    const answer = await options.deliver(refreshRequest(question, credentials.token, options));
    if (![404, 405, 501].includes(answer.status)) return answer;
  }
  const request = getRequest(question, options);
  return credentials === undefined ? options.follow(request) : options.deliver(request);
}

function getRequest(question: TokenQuestion, options: TokenServiceOptions): HttpRequest {
  const { credentials } = question;
  const url = new URL(question.realm);
  if (question.service !== undefined) url.searchParams.set('service', question.service);
  for (const scope of question.scopes) url.searchParams.append('scope', scope);
  url.searchParams.set('client_id', clientId);
  if (credentials?.kind === 'basic') url.searchParams.set('account', credentials.username);
  return {
    ...common(question, options),
    method: 'GET',
    url,
    authorization: credentials === undefined ? undefined : basicOf(credentials),
  };
}

function refreshRequest(
  question: TokenQuestion,
  refreshToken: string,
  options: TokenServiceOptions,
): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    scope: question.scopes.join(' '),
  });
  if (question.service !== undefined) form.set('service', question.service);
  const base = common(question, options);
  return {
    ...base,
    method: 'POST',
    url: question.realm,
    headers: { ...base.headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    repeatable: true,
  };
}

function common(
  question: TokenQuestion,
  options: TokenServiceOptions,
): Pick<HttpRequest, 'headers' | 'limit' | 'step' | 'onBehalfOf'> {
  return {
    headers: { accept: 'application/json', 'user-agent': options.userAgent },
    limit: longestAnswer,
    step: 'get a token',
    onBehalfOf: question.onBehalfOf,
  };
}

/** The `Authorization` value of Basic (RFC 7617); a token counts as the password of `<token>`. */
export function basicOf(credentials: Credentials): string {
  const pair =
    credentials.kind === 'basic'
      ? `${credentials.username}:${credentials.password}`
      : `<token>:${credentials.token}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function issued(
  answer: HttpAnswer,
  askedAt: number,
  refused: Credentials | undefined,
): IssuedToken {
  const token = readToken(answer.body, askedAt);
  if (token !== undefined) return { ...token, refused };
  throw new RegistryError('PROTOCOL', {
    host: answer.url.host,
    step: 'get a token',
    reason: 'the token service answers without a token',
    hint: 'check that this host is a token service and not a login page',
    status: answer.status,
  });
}

function failure(answer: HttpAnswer, credentials: Credentials | undefined): RegistryError {
  if (answer.status >= 300 && answer.status < 400) {
    return new RegistryError('BLOCKED_BY_POLICY', {
      host: answer.url.host,
      step: 'get a token',
      reason: 'the token service sends the credentials on to another place',
      hint: 'a token service that does this is misconfigured or hostile; ask its operator',
      status: answer.status,
    });
  }
  const status = credentials !== undefined && answer.status === 403 ? 401 : answer.status;
  return answerError(
    { ...answer, status: status === 404 ? 400 : status },
    { step: 'get a token', credentialSource: credentials?.source },
  );
}
