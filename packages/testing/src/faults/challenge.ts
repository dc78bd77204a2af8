import type { Fault } from '../http/fault.ts';
import { registryError } from '../registry/registry-error-reply.ts';
import { header } from './header.ts';

/**
 * Puts another WWW-Authenticate in place: one header, several, or made from the honest one. A
 * request that would have been let in is refused.
 */
export function challenge(
  value: string | readonly string[] | ((honest: string) => string | readonly string[]),
): Fault {
  const change = header('WWW-Authenticate', value);
  return (exchange, next) =>
    change(exchange, async () => {
      const reply = await next();
      return reply.status === 401 ? reply : registryError('UNAUTHORIZED');
    });
}
