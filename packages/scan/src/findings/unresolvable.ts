import type { Rule } from '../case.ts';

/** A registry refused or did not answer: whether the image is fine is not known. */
export const unresolvable: Rule = ({ subject, tag, pinned }) => {
  const unknown = [pinned, tag].find((answer) => answer?.kind === 'unknown');
  if (unknown?.kind !== 'unknown') return undefined;
  return {
    code: 'unresolvable',
    says: `${subject.image.text}: ${unknown.reason}`,
    help: 'pindrift doctor shows the credentials found for each registry',
  };
};
