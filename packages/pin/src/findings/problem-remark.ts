import type { SiteProblem } from '@pindrift/documents';
import type { FindingCode } from './finding.ts';
import type { Remark } from './finding-of.ts';
import { shown } from './place.ts';

const CODES: Readonly<Record<SiteProblem, FindingCode>> = {
  templated: 'templated',
  'numeric-tag': 'numeric-tag',
  'not-a-string': 'unreadable',
  'shared-value': 'unpinnable',
  unpinnable: 'unpinnable',
};

const HELP: Readonly<Record<SiteProblem, string>> = {
  templated: 'pin what is rendered: put Pindrift behind the program that fills it in',
  'numeric-tag': 'put the tag in quotes',
  'not-a-string': 'put the reference in quotes, or correct it',
  'shared-value': 'write the reference out where the image is named',
  unpinnable: 'write a tag, or a digest behind the name',
};

/** The remark about a value that is not simply a reference, as its finder saw it. */
export function problemRemark(problem: SiteProblem, text: string, reason: string): Remark {
  const late = problem === 'templated' && AT_RUN_TIME.test(text);
  const help = late ? IGNORE : HELP[problem];
  return { code: CODES[problem], says: `${shown(text)}: ${reason}`, help };
}

/** Argo Workflows and Tekton fill these in when they run, long after everything was rendered. */
const AT_RUN_TIME =
  /\{\{-?\s*(?:=|(?:inputs|outputs|workflow|steps|tasks|item|pod|node)\b)|\$\((?:params|tasks|context|workspaces|inputs|tt)\b/;

const IGNORE =
  'it is filled in when it runs: pin what is passed to it, and write # pindrift:ignore REASON behind it';
