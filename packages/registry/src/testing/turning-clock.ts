import type { Clock } from '../clock.ts';

/** A clock that stands still, except that whoever sleeps turns it on at once. */
export function turningClock(start: number = Date.parse('2026-11-21T12:00:00Z')): Clock & {
  /** Every wait in milliseconds, in order. */
  readonly waits: readonly number[];
  turn(ms: number): void;
} {
  const waits: number[] = [];
  let now = start;
  return {
    waits,
    turn: (ms) => {
      now += ms;
    },
    now: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      const until = now + ms;
      await Promise.resolve();
      now = Math.max(now, until);
    },
    random: () => 0.5,
  };
}
