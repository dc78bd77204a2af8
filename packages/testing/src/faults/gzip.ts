import { gzipSync } from 'node:zlib';
import type { Fault } from '../http/fault.ts';

/** Compresses the body, whether or not the client can read that. */
export function gzip(): Fault {
  return async (exchange, next) => {
    const reply = await next();
    if (reply.body === undefined || exchange.method === 'HEAD') {
      return reply;
    }
    const headers = { ...reply.headers, 'Content-Encoding': 'gzip' };
    return { ...reply, headers, body: gzipSync(reply.body) };
  };
}
