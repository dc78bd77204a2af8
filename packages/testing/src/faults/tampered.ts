import type { Fault } from '../http/fault.ts';

/** Adds a space to the body, so that it is valid JSON still and no longer what its digest says. */
export function tampered(): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    return { ...reply, body: Buffer.concat([reply.body ?? Buffer.alloc(0), Buffer.from(' ')]) };
  };
}
