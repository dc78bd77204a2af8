import { json } from '../http/exchange.ts';
import type { Fault } from '../http/fault.ts';
import { header } from './header.ts';

/**
 * Answers 429. `retryAfter` is seconds, an HTTP date, or any text (`1.5`, `880.092µs`, `soon`);
 * left out, there is no such header. `message` goes into the error.
 */
export function tooManyRequests(
  retryAfter?: number | Date | string,
  message = 'too many requests',
): Fault {
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter?.toString();
  const named = header('Retry-After', value);
  return (exchange) =>
    named(exchange, async () => json(429, { errors: [{ code: 'TOOMANYREQUESTS', message }] }));
}
