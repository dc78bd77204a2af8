import type { Clock } from '../clock.ts';
import type { RegistryError } from '../registry-error.ts';
import { createGate, type Gate } from './gate.ts';
import { neverConnected } from './retry-policy.ts';

/** What is remembered about one origin while the client lives. */
export interface HostState {
  readonly gate: Gate;
  /** The error that everybody gets at once while the host is given up. */
  fault(): RegistryError | undefined;
  /** The host is given up until then (ms since the epoch), or for a minute. */
  giveUp(error: RegistryError, until?: number): void;
  /** A request ended without an answer: given up at once when there was no connection at all. */
  noteSilence(error: RegistryError): void;
  noteAnswer(): void;
  /** Counts an attempt. */
  noteAttempt(isRepeat: boolean): void;
  /** False when more than a tenth of the requests were repeats already. */
  mayRepeat(): boolean;
}

const downTime = 60_000;
const silencesUntilDown = 3;
const attemptsBeforeBudget = 100;

/** The state of a host that nothing is known about. */
export function createHostState(concurrency: number, clock: Clock): HostState {
  let down: { readonly error: RegistryError; readonly until: number } | undefined;
  let silences = 0;
  let attempts = 0;
  let repeats = 0;

  const giveUp = (error: RegistryError, until = 0): void => {
    down = { error, until: Math.max(until, clock.now() + downTime) };
  };
  return {
    gate: createGate(concurrency, clock),
    fault: () => (down !== undefined && down.until > clock.now() ? down.error : undefined),
    giveUp,
    noteSilence: (error) => {
      if (error.code !== 'UNAVAILABLE' && error.code !== 'TIMEOUT' && !neverConnected(error))
        return;
      silences += 1;
      if (neverConnected(error) || silences >= silencesUntilDown) giveUp(error);
    },
    noteAnswer: () => {
      silences = 0;
    },
    noteAttempt: (isRepeat) => {
      attempts += 1;
      if (isRepeat) repeats += 1;
    },
    mayRepeat: () => attempts < attemptsBeforeBudget || repeats * 10 < attempts,
  };
}
