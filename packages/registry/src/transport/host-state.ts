import type { Clock } from '../clock.ts';
import type { RegistryError } from '../registry-error.ts';
import { createGate, type Gate } from './gate.ts';
import { neverConnected } from './retry-policy.ts';

/**
 * What hosts limit by itself: `referrers`, which Azure bears far fewer of than of anything else,
 * and `reads` of manifests, which Docker Hub counts.
 */
export type LaneName = 'usual' | 'referrers' | 'reads';

/** One kind of requests to a host: what they are told of limits is about them alone. */
export interface Lane {
  readonly gate: Gate;
  /** The error that everybody gets at once while the host, or this lane of it, is given up. */
  fault(): RegistryError | undefined;
  /** The lane is given up until then (ms since the epoch), or for a minute. */
  giveUp(error: RegistryError, until?: number): void;
}

/** What is remembered about one origin while the client lives. */
export interface HostState {
  lane(name: LaneName): Lane;
  /**
   * A request ended without an answer. The host is given up at once when there was no connection
   * or it has never answered in time, and after three in a row when it has.
   */
  noteSilence(error: RegistryError): void;
  noteAnswer(): void;
  /** The host counts what is read from it (not HEADs), and there is nothing left. */
  noteReadsLeft(remaining: number): void;
  hasReadsLeft(): boolean;
  hasAnswered(): boolean;
  noteAttempt(): void;
  /** Counts a repeat that is due, or refuses it when they are more than a tenth of all requests. */
  planRepeat(): boolean;
}

/** Requests at a time at most. */
const most: Readonly<Record<LaneName, number>> = { usual: 1024, referrers: 4, reads: 2 };
const downTime = 60_000;
const silencesUntilDown = 3;
const attemptsBeforeBudget = 100;

/** The state of a host that nothing is known about. */
export function createHostState(
  concurrency: number,
  clock: Clock,
  closing?: AbortSignal,
): HostState {
  const dead = breaker(clock);
  const lanes = new Map<LaneName, Lane>();
  let answered = false;
  let readsLeft = Number.POSITIVE_INFINITY;
  let silences = 0;
  let attempts = 0;
  let repeats = 0;

  const open = (name: LaneName): Lane => {
    const own = breaker(clock);
    const gate = createGate(Math.min(concurrency, most[name]), clock, closing);
    return { gate, fault: () => dead.fault() ?? own.fault(), giveUp: own.giveUp };
  };
  return {
    lane: (name) => {
      const lane = lanes.get(name) ?? open(name);
      lanes.set(name, lane);
      return lane;
    },
    noteSilence: (error) => {
      if (error.code !== 'UNAVAILABLE' && error.code !== 'TIMEOUT' && !neverConnected(error))
        return;
      silences += 1;
      const isDead = neverConnected(error) || (error.code === 'TIMEOUT' && !answered);
      if (isDead || silences >= silencesUntilDown) dead.giveUp(error);
    },
    hasAnswered: () => answered,
    noteReadsLeft: (remaining) => {
      readsLeft = remaining;
    },
    hasReadsLeft: () => readsLeft > 0,
    noteAnswer: () => {
      answered = true;
      silences = 0;
    },
    noteAttempt: () => {
      attempts += 1;
    },
    planRepeat: () => {
      const isAllowed = attempts < attemptsBeforeBudget || repeats * 10 < attempts;
      if (isAllowed) repeats += 1;
      return isAllowed;
    },
  };
}

function breaker(clock: Clock): Pick<Lane, 'fault' | 'giveUp'> {
  let down: { readonly error: RegistryError; readonly until: number } | undefined;
  return {
    fault: () => (down !== undefined && down.until > clock.now() ? down.error : undefined),
    giveUp: (error, until = 0) => {
      down = { error, until: Math.max(until, clock.now() + downTime) };
    },
  };
}
