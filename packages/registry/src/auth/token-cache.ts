import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials/keychain.ts';
import type { IssuedToken, TokenQuestion } from './token-service.ts';

/** Tokens in memory: one request per question however many wait, reused until shortly before the end. */
export interface TokenCache {
  get(question: TokenQuestion): Promise<IssuedToken>;
  /** Drops a token that was refused, unless it has been replaced already. */
  forget(question: TokenQuestion, token: IssuedToken): void;
}

/** A cache whose key is service, scopes and who asks; never the host alone. */
export function createTokenCache(
  request: (question: TokenQuestion) => Promise<IssuedToken>,
  clock: Clock,
): TokenCache {
  const held = new Map<string, IssuedToken>();
  const asked = new Map<string, Promise<IssuedToken>>();
  return {
    get: async (question) => {
      const key = keyOf(question);
      const token = held.get(key);
      if (token !== undefined && token.expiresAt > clock.now()) return token;
      const pending = asked.get(key);
      if (pending !== undefined) return pending;
      const answer = request(question)
        .then((fresh) => {
          held.set(key, fresh);
          return fresh;
        })
        .finally(() => asked.delete(key));
      asked.set(key, answer);
      return answer;
    },
    forget: (question, token) => {
      const key = keyOf(question);
      if (held.get(key) === token) held.delete(key);
    },
  };
}

function keyOf(question: TokenQuestion): string {
  return JSON.stringify([
    question.realm.href,
    question.service ?? '',
    question.onBehalfOf,
    [...question.scopes].sort(),
    identityOf(question.credentials),
  ]);
}

function identityOf(credentials: Credentials | undefined): string {
  if (credentials === undefined) return '';
  return createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
}
