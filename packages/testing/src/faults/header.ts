import type { ReplyHeaders } from '../http/exchange.ts';
import type { Fault } from '../http/fault.ts';

/**
 * Sets a header of the answer, several times when given several values, or leaves it out when given
 * none. A function gets the honest value. Text beyond Latin-1 goes over the wire as UTF-8.
 */
export function header(
  name: string,
  value:
    | string
    | readonly string[]
    | undefined
    | ((honest: string) => string | readonly string[] | undefined),
): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    const honest = headerOf(reply.headers, name);
    const lie = typeof value === 'function' ? value(honest ?? '') : value;
    const others = Object.entries(reply.headers).filter(([other]) => !sameName(other, name));
    return {
      ...reply,
      headers: {
        ...Object.fromEntries(others),
        ...(lie === undefined ? {} : { [name]: [lie].flat().map(asWire) }),
      },
    };
  };
}

/** The first value of a header, whatever the case of its name. */
export function headerOf(headers: ReplyHeaders, name: string): string | undefined {
  const found = Object.entries(headers).find(([other]) => sameName(other, name))?.[1];
  return typeof found === 'string' ? found : found?.[0];
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** Node writes header text as Latin-1, and servers in other languages as UTF-8. */
function asWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
