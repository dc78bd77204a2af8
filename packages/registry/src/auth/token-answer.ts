import { asText, parseJsonObject } from '../json.ts';

/** A token and how long it may be used. */
export interface Token {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Least and assumed lifetime in seconds (distribution `docs/spec/auth/token.md`). */
const leastLifetime = 60;
const mostLifetime = 86_400;
/** Milliseconds before its end at which a token is not used any more. */
const margin = 10_000;

/**
 * The token in a token service's answer, undefined when there is none that can be a header.
 * `issued_at` only shortens the lifetime, and only when it is plausible: a server whose clock is
 * wrong must not make every request ask for a new token.
 */
export function readToken(body: Uint8Array, askedAt: number): Token | undefined {
  const answer = parseJsonObject(body);
  const value = asText(answer?.token) ?? asText(answer?.access_token);
  if (value === undefined || !/^[\x21-\x7e]+$/.test(value)) return undefined;
  const seconds = Number(answer?.expires_in ?? leastLifetime);
  const lifetime =
    1000 * Math.min(mostLifetime, Math.max(leastLifetime, Number.isFinite(seconds) ? seconds : 0));
  const issuedAt = Date.parse(asText(answer?.issued_at) ?? '');
  const isPlausible = issuedAt <= askedAt && issuedAt + lifetime - margin > askedAt;
  return { value, expiresAt: (isPlausible ? issuedAt : askedAt) + lifetime - margin };
}
