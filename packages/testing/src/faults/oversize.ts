import { digestOf } from '../content/digest.ts';
import type { Fault } from '../http/fault.ts';
import { headerOf } from './header.ts';

/** Pads the body with spaces to so many bytes; the digest header, if there is one, fits it. */
export function oversize(bytes: number): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    const body = Buffer.alloc(bytes, ' ');
    body.set(reply.body ?? []);
    const digest =
      headerOf(reply.headers, 'Docker-Content-Digest') === undefined
        ? {}
        : { 'Docker-Content-Digest': digestOf(body) };
    return { ...reply, headers: { ...reply.headers, ...digest }, body };
  };
}
