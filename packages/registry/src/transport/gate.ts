import type { Clock } from '../clock.ts';

/** Limits how many requests one host gets at a time, and adapts to what it bears. */
export interface Gate {
  /** Runs a task when there is room and the pause is over, or longer than `patience` ms. */
  run<T>(task: () => Promise<T>, patience: number): Promise<T>;
  /** The host asked to be left alone until then (ms since the epoch); halves the limit. */
  pause(until: number): void;
  /** The host answered in good order: after twenty in a row the limit grows by one. */
  relax(): void;
  /** How many requests may be under way now. */
  readonly limit: number;
  /** Milliseconds since the epoch; 0 when the host was never paused. */
  readonly pausedUntil: number;
}

const cleanAnswersPerStep = 20;

/**
 * A gate with additive increase and multiplicative decrease between 1 and `most`. A halving
 * counts once per pause: the answers to requests that were under way together are one signal.
 * Nobody is held back once the client is closing.
 */
export function createGate(most: number, clock: Clock, closing?: AbortSignal): Gate {
  const waiting: (() => void)[] = [];
  let limit = most;
  let active = 0;
  let clean = 0;
  let pausedUntil = 0;

  const admit = (): void => {
    while (active < limit && waiting.length > 0) {
      active += 1;
      waiting.shift()?.();
    }
  };
  const enter = async (patience: number): Promise<void> => {
    if (active < limit) active += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    for (;;) {
      const wait = pausedUntil - clock.now();
      if (wait <= 0 || wait > patience || closing?.aborted === true) return;
      await clock.sleep(wait, closing);
    }
  };

  return {
    get limit() {
      return limit;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    run: async (task, patience) => {
      await enter(patience);
      try {
        return await task();
      } finally {
        active -= 1;
        admit();
      }
    },
    pause: (until) => {
      const now = clock.now();
      if (pausedUntil <= now) limit = Math.max(1, Math.floor(limit / 2));
      pausedUntil = Math.max(pausedUntil, until);
      clean = 0;
    },
    relax: () => {
      clean += 1;
      if (clean < cleanAnswersPerStep || limit >= most) return;
      clean = 0;
      limit += 1;
      admit();
    },
  };
}
