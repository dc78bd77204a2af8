import type { Answer } from './ask.ts';
import type { Moved } from './case.ts';
import { nameOfTarget, type Resolution } from './resolve.ts';
import type { Observation, Store } from './store/store.ts';
import type { Subject } from './subject.ts';

/** How the tag of an image left its digest behind, where it did. */
export function movedFrom(
  subject: Subject,
  tag: Answer | undefined,
  known: {
    readonly resolution: Resolution;
    readonly store: Store | undefined;
    readonly history: readonly Observation[];
  },
): Moved | undefined {
  const { digest: from } = subject;
  if (subject.tag === undefined || from === undefined) return undefined;
  if (tag?.kind !== 'found' || tag.digest === from) return undefined;
  const pinnedSince = known.store?.pinnedSince(subject.tag, from);
  return {
    from,
    to: tag.digest,
    members: known.resolution.members.get(nameOfTarget(subject, tag.digest)),
    since: movedSince(known.history, from, pinnedSince),
  };
}

/**
 * Since when a tag is known to name something else than a digest, in milliseconds. That is not when
 * it began to name what it names now: a tag that moves every night would always be young.
 *
 * Where the tag was seen to name the digest, it counts from what it was seen to name next. Where it
 * never was, nobody knows when it left, so the earlier counts of two times at which it surely had:
 * when the digest was first seen as a pin, and when the tag was first seen to name what it does now.
 */
export function movedSince(
  history: readonly Observation[],
  digest: string,
  pinnedSince: number | undefined,
): number | undefined {
  const named = history.findLastIndex((observation) => observation.digest === digest);
  if (named >= 0) return history[named + 1]?.firstSeen;
  const times = [history.at(-1)?.firstSeen, pinnedSince].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Whether it is longer ago than the settle window; what nobody knows the age of has settled. */
export function hasSettled({ since }: Moved, now: number, settle: number): boolean {
  return since === undefined || now - since > settle;
}
