import { pipeline } from 'node:stream/promises';
import { writeHead } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** Sends spaces, chunked and as fast as they are read, until the client has had enough. */
export function endless(): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    return {
      ...reply,
      headers: { ...reply.headers, 'Transfer-Encoding': 'chunked' },
      deliver: async (unending, response) => {
        writeHead(unending, response);
        // It can only end by the client's going away, which is no fault of the server's.
        await pipeline(spaces, response).catch(() => undefined);
      },
    };
  };
}

function* spaces(): Generator<Buffer> {
  for (;;) {
    yield CHUNK;
  }
}
