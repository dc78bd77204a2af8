import { sendWhole } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

/** Sends the body after the head of a HEAD's answer too, against RFC 9110 section 9.3.2. */
export function bodyBehindHead(): Fault {
  return async (_exchange, next) => ({
    ...(await next()),
    deliver: (reply, response, exchange) => {
      const { socket } = response;
      // Before Node's own listener, which may end the socket.
      response.prependOnceListener('finish', () => {
        if (exchange.method === 'HEAD') {
          socket?.write(reply.body ?? '');
        }
      });
      sendWhole(reply, response, exchange);
    },
  });
}
