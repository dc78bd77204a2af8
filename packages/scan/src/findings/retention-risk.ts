import type { Rule } from '../case.ts';

/** The digest exists, no tag seen here names it, and its repository expires what has no tag. */
export const retentionRisk: Rule = ({ subject, pinned, tagged, expires }) => {
  if (!expires || tagged || pinned?.kind !== 'found') return undefined;
  return {
    code: 'retention-risk',
    says: `no tag that is named here names ${pinned.digest}, and ${subject.repository} expires what has no tag`,
    help: 'move to a tagged image, or keep a tag on this one',
  };
};
