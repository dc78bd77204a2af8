import type { Fault } from '../http/fault.ts';

/** Resets the connection instead of answering. */
export function reset(): Fault {
  return () => ({
    status: 0,
    headers: {},
    deliver: (_reply, response) => void response.socket?.resetAndDestroy(),
  });
}
