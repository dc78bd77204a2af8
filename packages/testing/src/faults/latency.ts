import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../http/fault.ts';

/** Answers so many milliseconds late. */
export function latency(milliseconds: number): Fault {
  return async ({ signal }, next) => {
    await wait(milliseconds, undefined, { signal });
    return next();
  };
}
