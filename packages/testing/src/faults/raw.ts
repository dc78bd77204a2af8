import type { Fault } from '../http/fault.ts';

/** Writes these bytes to the socket as the whole answer, HTTP or not, and closes it. */
export function raw(bytes: string | Uint8Array): Fault {
  return () => ({
    status: 0,
    headers: {},
    deliver: (_reply, response) => void response.socket?.end(bytes),
  });
}
