import { lacksRight, parseChallenges } from './auth/challenge.ts';
import { asText, objectsIn, parseJsonObject } from './json.ts';
import { RegistryError, type RegistryErrorCode, type Step } from './registry-error.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  headerValue,
  headerValues,
} from './transport/message.ts';
import { isPullLimit } from './transport/retry-policy.ts';

/** What is known besides the answer. */
export interface AnswerContext {
  readonly step: Step;
  /** Where the credentials came from that were sent, if any were. */
  readonly credentialSource?: string | undefined;
  /** True when a token service refused those credentials. */
  readonly isRefused?: boolean;
}

interface Said {
  readonly registryCode: string | undefined;
  readonly registryMessage: string | undefined;
}

const requestIds = [
  'x-request-id',
  'x-ms-correlation-request-id',
  'x-amzn-requestid',
  'x-github-request-id',
  'docker-request-id',
] as const;

/** The `RegistryError` for an answer that is not what was asked for. */
export function answerError(answer: HttpAnswer, context: AnswerContext): RegistryError {
  const { code, reason, hint } = meaningOf(answer, context);
  return new RegistryError(code, {
    host: answer.url.host,
    step: context.step,
    reason,
    hint,
    status: answer.status,
    ...saidBy(answer),
    requestId: requestIdOf(answer),
    credentialSource: context.credentialSource,
  });
}

/** The error of a host that wants to be left alone until `retryAt` (ms since the epoch). */
export function limitError(
  request: HttpRequest,
  retryAt: number,
  answer?: HttpAnswer,
): RegistryError {
  const isPull = answer !== undefined && isPullLimit(answer);
  return new RegistryError('RATE_LIMITED', {
    host: request.url.host,
    step: request.step,
    reason: isPull ? 'the limit for pulls is used up' : 'too many requests',
    hint: isPull
      ? 'log in to the registry to get a higher limit, or try again in some hours'
      : 'try again later, or lower the concurrency of this host',
    status: answer?.status,
    ...(answer === undefined ? {} : saidBy(answer)),
    retryAt,
  });
}

interface Meaning {
  readonly code: RegistryErrorCode;
  readonly reason: string;
  readonly hint?: string;
}

function meaningOf(answer: HttpAnswer, context: AnswerContext): Meaning {
  const { status } = answer;
  const { credentialSource } = context;
  if (status === 403 || isDenied(answer, context)) {
    return {
      code: 'DENIED',
      reason: 'access is denied, or it does not exist',
      hint: 'check the name and the rights of the account',
    };
  }
  if (status === 401) {
    return credentialSource === undefined
      ? { code: 'AUTH_REQUIRED', reason: 'it does not exist or needs a login', hint: logIn(answer) }
      : {
          code: 'AUTH_FAILED',
          reason: `the credentials from ${credentialSource} were refused`,
          hint: `check them, or log in again: ${logIn(answer)}`,
        };
  }
  if (status === 404 && !isHtml(answer)) {
    return { code: 'NOT_FOUND', reason: 'it does not exist', hint: 'check its name and tag' };
  }
  if (status >= 500) {
    return {
      code: 'UNAVAILABLE',
      reason: `the registry failed with status ${status}`,
      hint: 'try again later',
    };
  }
  const what = isHtml(answer) ? 'an HTML page' : 'something unexpected';
  return {
    code: 'PROTOCOL',
    reason: `it answers ${what} with status ${status}`,
    hint: 'check that this host is a container registry and not a web site, a proxy or a login page',
  };
}

/** True when the credentials are good, and the account has no right to what was asked. */
function isDenied(answer: HttpAnswer, { credentialSource, isRefused }: AnswerContext): boolean {
  if (answer.status !== 401 || credentialSource === undefined || isRefused === true) return false;
  return parseChallenges(headerValues(answer.headers, 'www-authenticate')).some(lacksRight);
}

/** True for a web page where JSON was due: a login portal, a proxy's error, no registry at all. */
export function isHtml(answer: HttpAnswer): boolean {
  return /^text\/html\b/i.test(headerValue(answer.headers, 'content-type') ?? '');
}

function logIn(answer: HttpAnswer): string {
  const host = answer.url.host === 'registry-1.docker.io' ? '' : ` ${answer.url.host}`;
  return `docker login${host}`;
}

/** `errors[0]` of the distribution specification's error body; the body as text when it has none. */
function saidBy(answer: HttpAnswer): Said {
  const first = objectsIn(parseJsonObject(answer.body)?.errors)[0];
  if (first !== undefined) {
    return {
      registryCode: printable(asText(first.code)),
      registryMessage: printable(asText(first.message)),
    };
  }
  const text = isHtml(answer) ? '' : Buffer.from(answer.body.subarray(0, 512)).toString('utf8');
  return { registryCode: undefined, registryMessage: printable(text) };
}

function requestIdOf(answer: HttpAnswer): string | undefined {
  for (const name of requestIds) {
    const id = printable(headerValue(answer.headers, name));
    if (id !== undefined) return id;
  }
  return undefined;
}

/** At most 512 characters without control characters, and without the query of any URL. */
export function printable(text: string | undefined): string | undefined {
  const clean = text
    ?.slice(0, 512)
    .replace(/(https?:\/\/[^\s?"']*)\?[^\s"']*/g, '$1?…')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
  return clean === '' ? undefined : clean;
}
