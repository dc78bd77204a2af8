import { type AnswerHeaders, headerValue } from './message.ts';

/** What a host says about how much may still be asked. */
export interface RateLimit {
  /** Requests left in the present window. */
  readonly remaining: number;
  /** Milliseconds until the window ends; undefined when it does not say. */
  readonly reset: number | undefined;
}

/**
 * Reads the limit from `RateLimit` (one structured header, or the draft's three) and from Docker
 * Hub's `ratelimit-remaining: 76;w=21600`; undefined when there is none.
 */
export function readRateLimit(headers: AnswerHeaders): RateLimit | undefined {
  const whole = headerValue(headers, 'ratelimit') ?? '';
  const remaining =
    numberIn(headerValue(headers, 'ratelimit-remaining')) ??
    numberIn(/(?:^|[\s;,])(?:remaining|r)=(\d+)/.exec(whole)?.[1]);
  if (remaining === undefined) return undefined;
  const seconds =
    numberIn(headerValue(headers, 'ratelimit-reset')) ??
    numberIn(/(?:^|[\s;,])(?:reset|t)=(\d+)/.exec(whole)?.[1]);
  return { remaining, reset: seconds === undefined ? undefined : seconds * 1000 };
}

function numberIn(text: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,12})(?:\s*;|\s*$)/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
