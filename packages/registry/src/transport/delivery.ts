import { limitError } from '../answer-error.ts';
import type { Clock } from '../clock.ts';
import { RegistryError } from '../registry-error.ts';
import { createHostState, type HostState, type Lane, type LaneName } from './host-state.ts';
import { type HttpAnswer, type HttpRequest, headerValue } from './message.ts';
import { readRateLimit } from './rate-limit.ts';
import { parseRetryAfter } from './retry-after.ts';
import { isTransient, retriesAfterAnswer, retriesAfterError } from './retry-policy.ts';

/** Delivers requests with patience: queued per host, repeated where that is safe and may help. */
export type Deliver = (request: HttpRequest) => Promise<HttpAnswer>;

export interface DeliveryOptions {
  readonly exchange: Deliver;
  readonly clock: Clock;
  /** Requests at a time to the host of a URL. */
  readonly concurrencyFor: (url: URL) => number;
  /** Milliseconds for one request with its retries, from its first attempt. */
  readonly patience: number;
  /** Aborted when the client closes: nothing is waited for and nothing is sent any more. */
  readonly closing?: AbortSignal;
}

/** What came of one attempt: an answer or an error, and whether another attempt may follow. */
interface Outcome {
  readonly answer?: HttpAnswer;
  readonly error?: RegistryError;
  readonly retries: number;
  /** Milliseconds that the host asked for; undefined leaves it to us. */
  readonly wait?: number | undefined;
}

const firstWait = 250;
const longestWait = 10_000;
/** Docker Hub's window, six hours. */
const longestWindow = 21_600_000;

/** A `Deliver` whose state (queue, pause, breaker) is per origin: one dead host stops nobody else. */
export function createDelivery(options: DeliveryOptions): Deliver {
  const { clock, patience, concurrencyFor, closing } = options;
  const hosts = new Map<string, HostState>();
  return async (request) => {
    const { origin } = request.url;
    const host = hosts.get(origin) ?? createHostState(concurrencyFor(request.url), clock, closing);
    hosts.set(origin, host);
    const lane = host.lane(laneOf(request));
    let deadline: number | undefined;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await lane.gate.run(() => {
        deadline ??= clock.now() + patience;
        return attemptOnce(host, lane, request, options);
      }, patience);
      const wait = outcome.wait ?? clock.random() * Math.min(longestWait, firstWait * 2 ** attempt);
      const inTime = clock.now() + wait <= (deadline ?? 0);
      if (attempt >= outcome.retries || !inTime || closing?.aborted || !host.planRepeat()) {
        return settle(host, lane, request, outcome);
      }
      await clock.sleep(wait, closing);
    }
  };
}

async function attemptOnce(
  host: HostState,
  lane: Lane,
  request: HttpRequest,
  { clock, exchange, patience, closing }: DeliveryOptions,
): Promise<Outcome> {
  if (closing?.aborted === true) return { error: closed(request), retries: 0 };
  const fault = lane.fault();
  if (fault !== undefined) return { error: fault, retries: 0 };
  if (request.method === 'GET' && isManifest(request) && !host.hasReadsLeft()) {
    return { error: limitError(request, clock.now() + longestWindow), retries: 0 };
  }
  if (lane.gate.pausedUntil > clock.now() + patience) {
    return { error: limitError(request, lane.gate.pausedUntil), retries: 0 };
  }
  host.noteAttempt();
  try {
    const answer = await exchange(request);
    host.noteAnswer();
    if (!isTransient(answer.status)) lane.gate.relax();
    return {
      answer,
      retries: retriesAfterAnswer(request, answer),
      wait: heed(host, lane, answer, clock),
    };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { error, retries: retriesAfterError(request, error, host.hasAnswered()) };
  }
}

/** Pauses a lane of the host when it asks for that; the wait before this request's next attempt. */
function heed(host: HostState, lane: Lane, answer: HttpAnswer, clock: Clock): number | undefined {
  const limit = readRateLimit(answer.headers);
  if (limit !== undefined && limit.reset === undefined) host.noteReadsLeft(limit.remaining);
  if (limit?.remaining === 0 && limit.reset !== undefined) {
    lane.gate.pause(clock.now() + limit.reset);
  }
  if (!isTransient(answer.status)) return undefined;
  const now = clock.now();
  const asked = parseRetryAfter(headerValue(answer.headers, 'retry-after'), now);
  const isLimit = answer.status === 429 || (answer.status === 503 && asked !== undefined);
  if (isLimit) lane.gate.pause(now + (asked ?? firstWait));
  return asked;
}

function closed({ url, step }: HttpRequest): RegistryError {
  return new RegistryError('UNAVAILABLE', {
    host: url.host,
    step,
    reason: 'the client was closed before there was an answer',
  });
}

function laneOf(request: HttpRequest): LaneName {
  if (/^\/v2\/.+\/referrers\/[^/]+$/.test(request.url.pathname)) return 'referrers';
  const isHub = request.url.hostname === 'registry-1.docker.io';
  return isHub && request.method === 'GET' && isManifest(request) ? 'reads' : 'usual';
}

/** Docker Hub counts manifests that are read; HEADs and blobs are free. */
function isManifest({ url }: HttpRequest): boolean {
  return /^\/v2\/.+\/manifests\/[^/]+$/.test(url.pathname);
}

function settle(host: HostState, lane: Lane, request: HttpRequest, outcome: Outcome): HttpAnswer {
  const { answer, error } = outcome;
  if (answer !== undefined && answer.status !== 429) return answer;
  if (answer !== undefined) {
    const refusal = limitError(request, lane.gate.pausedUntil, answer);
    lane.giveUp(refusal, lane.gate.pausedUntil);
    throw refusal;
  }
  if (error !== undefined && error !== lane.fault()) host.noteSilence(error);
  throw error ?? new Error('a request ended without answer and error');
}
