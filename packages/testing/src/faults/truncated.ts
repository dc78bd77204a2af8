import { writeHead } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

/** Declares the whole body, sends its first bytes, and drops the connection. */
export function truncated(bytes: number): Fault {
  return async (_exchange, next) => ({
    ...(await next()),
    deliver: (reply, response) => {
      writeHead(reply, response);
      response.write(Buffer.from(reply.body ?? []).subarray(0, bytes), () => {
        response.destroy();
      });
    },
  });
}
