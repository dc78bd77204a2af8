import type { Rule } from '../case.ts';
import { mendWith } from '../mend.ts';

/** What is named does not exist: the digest, or the tag. */
export const dangling: Rule = ({ subject, tag, pinned }) => {
  const { digest } = subject;
  if (pinned?.kind === 'gone' && digest !== undefined) {
    const says = `${digest} does not exist in ${subject.repository} any more`;
    if (tag?.kind !== 'found') return { code: 'dangling', says, help: HELP };
    return {
      code: 'dangling',
      says: `${says}; its tag names ${tag.digest} now`,
      help: mendWith(subject, tag.digest),
      expected: tag.digest,
    };
  }
  if (tag?.kind !== 'gone') return undefined;
  if (pinned === undefined)
    return { code: 'dangling', says: `${subject.tag} does not exist`, help: HELP };
  // What is pinned still runs, so this breaks nothing yet.
  const says = `the tag ${subject.tag} does not exist any more; the digest does`;
  return { code: 'dangling', severity: 'warning', says, help: HELP };
};

const HELP = 'correct the reference, or push the image again';
