import { isFullVersion } from '@pindrift/pin';
import type { Case, Rule } from '../case.ts';

/** A tag that looks as if it would never move has moved. */
export const republished: Rule = (one) => {
  const { tag } = one.subject;
  if (tag === undefined || !isFullVersion(tag)) return undefined;
  const move = one.moved ?? lastMove(one);
  if (move === undefined) return undefined;
  const before = one.moved === undefined ? `it named ${move.from}` : `pinned is ${move.from}`;
  return {
    code: 'republished',
    says: `${tag} is a full version and was published again: it names ${move.to}, ${before}`,
    help: `compare both: pindrift manifest ${tag}`,
    expected: move.to,
  };
};

/** Nothing is pinned: a move is told for as long as the settle window, counted from the day it was seen. */
function lastMove({
  subject,
  history,
  now,
  settle,
}: Case): Pick<NonNullable<Case['moved']>, 'from' | 'to'> | undefined {
  const [before, last] = history.slice(-2);
  if (subject.digest !== undefined || before === undefined || last === undefined) return undefined;
  return now - last.firstSeen <= settle ? { from: before.digest, to: last.digest } : undefined;
}
