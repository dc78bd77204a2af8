import type { BadDocumentCode, BadPart } from './bad-document.ts';
import type { SiteProblem } from './image-site.ts';
import type { ImageOccurrence } from './occurrence.ts';

/** Something in a file that keeps an image from being known or from being pinned. */
export interface Problem {
  readonly code: BadDocumentCode | SiteProblem;
  /** What is wrong, without the place, as a part of a sentence: `the tag is a number to YAML`. */
  readonly reason: string;
  readonly file: string;
  readonly document: number;
  /** 1-based, of the first wrong character. */
  readonly line: number;
  readonly column: number;
  /** The bytes of which nothing is known: the whole document, or the value. */
  readonly start: number;
  readonly end: number;
  /** The value, where it is only one that is meant. */
  readonly occurrence: ImageOccurrence | undefined;
}

const REASONS: Readonly<Record<SiteProblem, string>> = {
  templated: 'it is a template: what it will be is decided elsewhere',
  'numeric-tag': 'the tag is a number to YAML, and read as one; put it in quotes',
  'not-a-string': 'it is no text to YAML; put it in quotes',
  'shared-value': 'its text is also used elsewhere, through an alias or for another image',
  unpinnable: 'it has no tag to put a digest behind',
};

/** The problem of one value. */
export function siteProblem(code: SiteProblem, occurrence: ImageOccurrence): Problem {
  const { file, document, line, column, start, end } = occurrence;
  return { code, reason: REASONS[code], file, document, line, column, start, end, occurrence };
}

/** The problem of a part that could not be read. */
export function partProblem(
  { code, reason, document, start, end }: BadPart,
  file: string,
  at: { readonly line: number; readonly column: number },
): Problem {
  const { line, column } = at;
  return { code, reason, file, document, line, column, start, end, occurrence: undefined };
}
