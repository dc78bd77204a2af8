import type { Clock } from '../clock.ts';
import type { Credentials, Keychain } from '../credentials/keychain.ts';
import type { Endpoint } from '../endpoint.ts';
import { RegistryError } from '../registry-error.ts';
import { type HttpAnswer, type HttpRequest, headerValues } from '../transport/message.ts';
import { type Challenge, lacksRight, parseChallenges } from './challenge.ts';
import { checkRealm } from './realm.ts';
import { type Need, needKey, needScopes, scopesFor } from './scope.ts';
import type { TokenCache } from './token-cache.ts';
import { basicOf, type IssuedToken, type TokenQuestion } from './token-service.ts';

/** What a request may show, and on whose account. */
export interface Permit {
  readonly authorization: string | undefined;
  readonly credentials: Credentials | undefined;
  /** Credentials that the token service refused before it gave a token to nobody. */
  readonly refused: Credentials | undefined;
  readonly used?: { readonly question: TokenQuestion; readonly token: IssuedToken };
}

/** What is known about how one registry wants to be asked. */
export interface Access {
  /** False until the first answer. */
  isKnown(): boolean;
  /** What to send for a request, as far as is known. */
  permit(need: Need, origin: URL): Promise<Permit>;
  /** Learns from a 401 to an attempt (0, 1, …); true when asking again with a new permit makes sense. */
  learn(need: Need, answer: HttpAnswer, permit: Permit, attempt: number): boolean;
  /** The registry answered without a challenge; always false, for there is nothing to repeat. */
  accept(): false;
  /** Answers the challenge of a host that this registry redirected to, with an anonymous token. */
  anonymous(answer: HttpAnswer, request: HttpRequest): Promise<HttpAnswer>;
}

export interface AccessOptions {
  readonly endpoint: Endpoint;
  readonly tokens: TokenCache;
  readonly keychain: Keychain;
  readonly realmHosts: readonly string[];
  readonly follow: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly clock: Clock;
}

const nobody: Permit = { authorization: undefined, credentials: undefined, refused: undefined };

interface Knowledge {
  method: Challenge | 'none' | undefined;
  /** Scopes that the registry asked for, by what was needed. */
  readonly scopes: Map<string, readonly string[]>;
}

/** What one registry wants, learnt from its challenges. */
export function createAccess(options: AccessOptions): Access {
  const known: Knowledge = { method: undefined, scopes: new Map() };
  const lookUp = memoKeychain(options);
  return {
    isKnown: () => known.method !== undefined,
    permit: async (need, origin) => {
      if (known.method === undefined || known.method === 'none') return nobody;
      const challenge = known.method;
      const credentials = await lookUp(need.repository);
      if (challenge.scheme === 'bearer') {
        const scopes = known.scopes.get(needKey(need)) ?? usualScopes(challenge, need);
        return bearerPermit(challenge, credentials, scopes, origin, options);
      }
      if (credentials === undefined) return nobody;
      return { ...nobody, authorization: basicOf(credentials), credentials };
    },
    learn: (need, answer, permit, attempt) =>
      learn(known, need, answer, permit, attempt, options.tokens),
    accept: () => {
      known.method ??= 'none';
      return false;
    },
    anonymous: (answer, request) => askAnonymously(answer, request, options),
  };
}

async function bearerPermit(
  challenge: Challenge,
  credentials: Credentials | undefined,
  scopes: readonly string[],
  origin: URL,
  options: AccessOptions,
): Promise<Permit> {
  if (credentials?.kind === 'bearer') {
    return { ...nobody, authorization: `Bearer ${credentials.token}`, credentials };
  }
  const question: TokenQuestion = {
    realm: realmOf(challenge, origin, credentials !== undefined, options),
    service: challenge.parameters.get('service'),
    scopes,
    credentials,
    onBehalfOf: options.endpoint.hostname,
  };
  const token = await options.tokens.get(question);
  return {
    authorization: `Bearer ${token.value}`,
    credentials: token.refused === undefined ? credentials : undefined,
    refused: token.refused,
    used: { question, token },
  };
}

function learn(
  known: Knowledge,
  need: Need,
  answer: HttpAnswer,
  permit: Permit,
  attempt: number,
  tokens: TokenCache,
): boolean {
  const challenge = choose(answer);
  if (challenge === undefined) return false;
  known.method = challenge;
  if (challenge.scheme === 'basic') return permit.authorization === undefined;
  const wanted = scopesFor(challenge.parameters.get('scope'), need);
  const before = permit.used?.question.scopes ?? [];
  // Some registries look only at the first scope, so what is newly wanted comes first.
  known.scopes.set(needKey(need), [...new Set([...wanted, ...before])]);
  if (permit.used === undefined) return permit.authorization === undefined;
  const wantsMore = wanted.some((scope) => !before.includes(scope));
  // Another token for the same scopes would lack the same right.
  if (lacksRight(challenge) && !wantsMore) return false;
  tokens.forget(permit.used.question, permit.used.token);
  return attempt === 0 || wantsMore;
}

/** The challenge that this client can meet: Bearer before Basic, others not at all. */
function choose(answer: HttpAnswer): Challenge | undefined {
  const challenges = parseChallenges(headerValues(answer.headers, 'www-authenticate'));
  return (
    challenges.find(({ scheme }) => scheme === 'bearer') ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}

/** What a repository's first token is asked for: the registry's own form, or the usual one. */
function usualScopes(challenge: Challenge, need: Need): readonly string[] {
  const scope = challenge.parameters.get('scope');
  return scope === undefined || scope.startsWith('repository:')
    ? needScopes(need)
    : scopesFor(scope, need);
}

function realmOf(
  challenge: Challenge,
  challenger: URL,
  withCredentials: boolean,
  { endpoint, realmHosts }: AccessOptions,
): URL {
  const context = { challenger, registry: endpoint.name, withCredentials, realmHosts };
  return checkRealm(challenge.parameters.get('realm'), context);
}

async function askAnonymously(
  answer: HttpAnswer,
  request: HttpRequest,
  options: AccessOptions,
): Promise<HttpAnswer> {
  const challenge = choose(answer);
  if (challenge?.scheme !== 'bearer') return answer;
  const repository = /^\/v2\/(.+)\/(?:manifests|blobs|tags|referrers)\//.exec(answer.url.pathname);
  const token = await options.tokens.get({
    realm: realmOf(challenge, answer.url, false, options),
    service: challenge.parameters.get('service'),
    scopes: scopesFor(challenge.parameters.get('scope'), {
      repository: repository?.[1] ?? '',
      writes: false,
    }),
    credentials: undefined,
    onBehalfOf: options.endpoint.hostname,
  });
  return options.follow({ ...request, url: answer.url, authorization: `Bearer ${token.value}` });
}

/** Credentials per repository, looked up once while they hold, failures as this package's own. */
function memoKeychain({
  endpoint,
  keychain,
  clock,
}: AccessOptions): (repository: string) => Promise<Credentials | undefined> {
  const found = new Map<string, Promise<Credentials | undefined>>();
  const ask = (repository: string): Promise<Credentials | undefined> => {
    const asked = keychain({ registry: endpoint.name, repository }).catch((cause: unknown) => {
      throw new RegistryError('CREDENTIALS', {
        host: endpoint.host,
        step: 'find credentials',
        reason: cause instanceof Error ? cause.message : 'the keychain failed',
        hint: "mend it, or set the credentials of this host to 'anonymous'",
        cause,
      });
    });
    found.set(repository, asked);
    return asked;
  };
  return async (repository) => {
    const known = await (found.get(repository) ?? ask(repository));
    return (known?.expiresAt ?? Number.POSITIVE_INFINITY) > clock.now() ? known : ask(repository);
  };
}
