import type { Rule } from '../case.ts';

/** The tag names a digest that it was seen to name before the pinned one. */
export const rolledBack: Rule = ({ subject, moved, history }) => {
  if (moved === undefined) return undefined;
  const pinnedAt = history.findLastIndex(({ digest }) => digest === moved.from);
  const before = history.slice(0, Math.max(pinnedAt, 0));
  if (!before.some(({ digest }) => digest === moved.to)) return undefined;
  return {
    code: 'rolled-back',
    says: `${subject.tag} is back at ${moved.to}, which it named before ${moved.from}`,
    help: `ask the registry itself, not a mirror: pindrift resolve ${subject.tag}`,
    expected: moved.to,
  };
};
