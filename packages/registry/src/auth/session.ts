import { answerError } from '../answer-error.ts';
import type { Clock } from '../clock.ts';
import type { Credentials, Keychain } from '../credentials/keychain.ts';
import type { Endpoint } from '../endpoint.ts';
import { RegistryError, type Step } from '../registry-error.ts';
import type { HttpAnswer, HttpRequest } from '../transport/message.ts';
import { type Access, createAccess } from './access.ts';
import type { Need } from './scope.ts';
import type { TokenCache } from './token-cache.ts';

/** A question about one repository. */
export interface Question {
  readonly method: HttpRequest['method'];
  readonly repository: string;
  /** After `/v2/REPOSITORY/`: `manifests/latest`, `tags/list?n=1000`. */
  readonly path: string;
  /** Instead of `path`: where the registry said that an upload goes on. */
  readonly location?: URL;
  readonly body?: HttpRequest['body'];
  /** Another repository of this registry that is read by the same request, to mount from. */
  readonly alsoReads?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly stream?: boolean;
  /** True when nothing but the registry's own answer will do. */
  readonly fresh?: boolean | undefined;
  readonly step: Step;
}

/** An answer, and whose credentials got it. */
export interface Reply extends HttpAnswer {
  readonly credentialSource: string | undefined;
  /** The repository that was asked, when it is another than the question's: that of a mirror. */
  readonly repository?: string;
}

/** Asks one registry, with the credentials that it wants. */
export type Session = (question: Question) => Promise<Reply>;

export interface SessionOptions {
  readonly endpoint: Endpoint;
  /** Decides the scheme, once, before there is any credential. */
  readonly origin: () => Promise<URL>;
  readonly follow: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly tokens: TokenCache;
  readonly keychain: Keychain;
  readonly realmHosts: readonly string[];
  readonly userAgent: string;
  readonly clock: Clock;
}

/** Challenges answered for one question: the first, and one that wants another scope. */
const mostChallenges = 2;

/**
 * A session with one registry. There is no ping: the first question is the real one, the others
 * wait for what it learns about authentication and then ask with a token from the start.
 */
export function createSession(options: SessionOptions): Session {
  const access = createAccess(options);
  let discovery: Promise<unknown> | undefined;
  return async (question) => {
    const origin = await options.origin();
    while (!access.isKnown() && discovery !== undefined) await discovery;
    if (access.isKnown()) return ask(question, origin, access, options);
    const first = deferred();
    discovery = first.promise;
    const done = (): void => {
      discovery = undefined;
      first.resolve();
    };
    return ask(question, origin, access, options, done).finally(done);
  };
}

async function ask(
  question: Question,
  origin: URL,
  access: Access,
  options: SessionOptions,
  onLearned: () => void = () => undefined,
): Promise<Reply> {
  const request = requestFor(question, origin, options);
  const need = needOf(question);
  for (let challenges = 0; ; challenges += 1) {
    const permit = await access.permit(need, origin);
    const isOwn = request.url.origin === origin.origin;
    const authorization = isOwn ? permit.authorization : undefined;
    const answer = await options.follow({ ...request, authorization });
    if (answer.url.origin !== origin.origin) return redirected(answer, request, access);
    const goesOn =
      answer.status === 401 && challenges < mostChallenges && !isStream(question.body)
        ? access.learn(need, answer, permit, challenges)
        : access.accept();
    onLearned();
    if (!goesOn) return finish(answer, permit, question);
  }
}

/** A body that is gone once it was sent. */
function isStream(body: HttpRequest['body']): boolean {
  return body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
}

function needOf({ method, repository, alsoReads }: Question): Need {
  return { repository, writes: method !== 'GET' && method !== 'HEAD', alsoReads };
}

/** Repository and path are made of validated parts, so the URL cannot leave `/v2/`. */
function requestFor(question: Question, origin: URL, options: SessionOptions): HttpRequest {
  return {
    method: question.method,
    url: question.location ?? new URL(`/v2/${question.repository}/${question.path}`, origin),
    body: question.body,
    headers: { ...question.headers, 'user-agent': options.userAgent },
    limit: question.limit,
    stream: question.stream,
    step: question.step,
    onBehalfOf: options.endpoint.hostname,
  };
}

/** Another registry that stands behind this one may want a token; it gets nobody's. */
async function redirected(
  answer: HttpAnswer,
  request: HttpRequest,
  access: Access,
): Promise<Reply> {
  access.accept();
  const again = answer.status === 401 ? await access.anonymous(answer, request) : answer;
  return { ...again, credentialSource: undefined };
}

function finish(
  answer: HttpAnswer,
  permit: {
    readonly credentials: Credentials | undefined;
    readonly refused: Credentials | undefined;
  },
  question: Question,
): Reply {
  const { refused } = permit;
  if (
    refused !== undefined &&
    (answer.status === 401 || answer.status === 403 || answer.status === 404)
  ) {
    throw answerError(
      { ...answer, status: 401 },
      { step: question.step, credentialSource: refused.source, isRefused: true },
    );
  }
  return { ...answer, credentialSource: permit.credentials?.source };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Refuses before anything is opened. */
export function offlineSession(endpoint: Endpoint): Session {
  return (question) =>
    Promise.reject(
      new RegistryError('OFFLINE', {
        host: endpoint.host,
        step: question.step,
        reason: 'the network is not to be used',
        hint: 'run it without --offline',
      }),
    );
}
