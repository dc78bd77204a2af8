import type { Exchange } from '../http/exchange.ts';
import type { Fault } from '../http/fault.ts';

/** Sends the client elsewhere: to a URL, to what a function says, or with `loop` to where it is. */
export function redirect(
  target: 'loop' | URL | string | ((exchange: Exchange) => string),
  status = 307,
): Fault {
  return (exchange) => ({ status, headers: { Location: locationOf(target, exchange) } });
}

function locationOf(target: Parameters<typeof redirect>[0], exchange: Exchange): string {
  if (typeof target === 'function') {
    return target(exchange);
  }
  return target === 'loop' ? exchange.path : String(target);
}
