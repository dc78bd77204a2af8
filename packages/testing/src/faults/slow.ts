import { setTimeout as wait } from 'node:timers/promises';
import { writeHead } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

/** Sends the head at once and the body in pieces, so many milliseconds apart. */
export function slow(bytes: number, milliseconds: number): Fault {
  return async ({ signal }, next) => ({
    ...(await next()),
    deliver: async (reply, response) => {
      writeHead(reply, response);
      response.flushHeaders();
      const body = Buffer.from(reply.body ?? []);
      for (let at = 0; at < body.length && !response.destroyed; at += bytes) {
        await wait(milliseconds, undefined, { signal });
        response.write(body.subarray(at, at + bytes));
      }
      response.end();
    },
  });
}
