import type { Answer } from '../ask.ts';
import type { OnEvent } from '../scan-event.ts';
import type { Subject } from '../subject.ts';
import type { Sighting, Store } from './store.ts';

/** Brings what a scan sees into the store while it is seen. */
export interface Recorder {
  /** What a registry said about a tag; only what it found is kept. */
  readonly tag: (tag: string, answer: Answer) => void;
  /** Keeps what is still to be kept, and what is pinned. */
  readonly finish: (subjects: readonly Subject[]) => void;
}

/** A scan that is killed loses no more than this many answers, and asks for them again. */
const BATCH = 256;

export function createRecorder({
  store,
  now,
  onEvent,
}: {
  readonly store: Store | undefined;
  readonly now: number;
  readonly onEvent: OnEvent;
}): Recorder {
  let waiting: Sighting[] = [];
  let stored = 0;
  const flush = (): void => {
    if (waiting.length > 0) store?.observe(waiting, now);
    stored += waiting.length;
    waiting = [];
  };
  return {
    tag: (tag, answer) => {
      if (store === undefined || answer.kind !== 'found') return;
      waiting.push({ tag, digest: answer.digest });
      if (waiting.length >= BATCH) flush();
    },
    finish: (subjects) => {
      if (store === undefined) return;
      flush();
      store.observePins(subjects.flatMap(pinOf), now);
      onEvent({ kind: 'stored', observations: stored });
    },
  };
}

function pinOf({ tag, digest, left }: Subject): Sighting[] {
  return tag === undefined || digest === undefined || left !== undefined ? [] : [{ tag, digest }];
}
