import { sendWhole } from '../http/deliver.ts';
import type { Fault } from '../http/fault.ts';

/** Declares a length that is not the body's, then closes the connection. */
export function contentLength(declared: (honest: number) => number): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    const length = String(declared(reply.body?.length ?? 0));
    return {
      ...reply,
      headers: { ...reply.headers, 'Content-Length': length },
      deliver: (whole, response, exchange) => {
        const { socket } = response;
        // Without this a client would wait for bytes that nobody is going to send.
        response.once('finish', () => socket?.end());
        sendWhole(whole, response, exchange);
      },
    };
  };
}
