import { writeHead } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

/** Never answers; or, after `head`, never sends the body. The connection stays open. */
export function silence(after: 'request' | 'head' = 'request'): Fault {
  return async (_exchange, next) => ({
    ...(await next()),
    deliver: (reply, response) => {
      if (after === 'head') {
        writeHead(reply, response);
        response.flushHeaders();
      }
    },
  });
}
