import { dayOf, type Rule } from '../case.ts';
import { mendWith } from '../mend.ts';
import { hasSettled } from '../moved.ts';

/** The tag names another digest than the pinned one, and has for longer than the settle window. */
export const stale: Rule = ({ subject, moved, now, settle }) => {
  if (moved === undefined || !hasSettled(moved, now, settle)) return undefined;
  const since =
    moved.since === undefined ? 'now, since when is not known' : `since ${dayOf(moved.since)}`;
  return {
    code: 'stale',
    says: `${subject.tag} names ${moved.to} ${since}; pinned is ${moved.from}`,
    help: mendWith(subject, moved.to),
    expected: moved.to,
  };
};
