import type { RegistryError } from '../registry-error.ts';
import type { HttpAnswer, HttpRequest } from './message.ts';
import { codeOf } from './network-error.ts';

/** Statuses that may be gone at the next attempt; never those that are about who asks for what. */
const transient: ReadonlySet<number> = new Set([
  408, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524,
]);

const most = 4;

/** True when the same request may be answered later. */
export function isTransient(status: number): boolean {
  return transient.has(status);
}

/** How often a request may be repeated after this answer. */
export function retriesAfterAnswer(request: HttpRequest, answer: HttpAnswer): number {
  if (!isRepeatable(request) || !isTransient(answer.status)) return 0;
  return answer.status === 429 && isPullLimit(answer) ? 0 : most;
}

/**
 * How often a request may be repeated after this error. A host that let the first timeout pass
 * without any answer is not waited for again: a dead host costs one timeout.
 */
export function retriesAfterError(
  request: HttpRequest,
  error: RegistryError,
  hasAnswered: boolean,
): number {
  if (!isRepeatable(request)) return 0;
  const code = codeOf(error.cause);
  if (error.code === 'DNS') return code === 'EAI_AGAIN' ? 2 : 0;
  if (error.code === 'TIMEOUT') return hasAnswered && code !== 'UND_ERR_CONNECT_TIMEOUT' ? 1 : 0;
  if (error.code !== 'UNAVAILABLE') return 0;
  return code === 'ECONNREFUSED' ? 1 : most;
}

/** True when the error says that no connection came about at all. */
export function neverConnected(error: RegistryError): boolean {
  if (error.code === 'DNS' || error.code === 'TLS') return true;
  return /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
    codeOf(error.cause),
  );
}

/**
 * True for Docker Hub's "You have reached your unauthenticated pull rate limit": it lasts for
 * hours, while its limit against abuse (a bare "Too Many Requests") passes soon.
 */
export function isPullLimit(answer: HttpAnswer): boolean {
  const text = Buffer.from(answer.body).toString('latin1');
  return /pull rate limit/i.test(text);
}

function isRepeatable(request: HttpRequest): boolean {
  return request.method === 'HEAD' || request.method === 'GET' || request.repeatable === true;
}
