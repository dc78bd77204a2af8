import type { Rule } from '../case.ts';
import { mendWith } from '../mend.ts';

/** The pinned digest is one platform's image inside the index that the tag names. */
export const platformPinned: Rule = ({ subject, moved }) => {
  if (moved?.members?.has(moved.from) !== true) return undefined;
  return {
    code: 'platform-pinned',
    says: `${moved.from} is one platform of ${subject.tag}, which is ${moved.to}`,
    help: mendWith(subject, moved.to),
    expected: moved.to,
  };
};
