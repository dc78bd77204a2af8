import { textOf } from './describe-site.ts';
import type { ImageSite } from './image-site.ts';

/** A rule in the manifest that exempts an image: a comment on its line, or its resource's annotation. */
export interface Ignore {
  readonly from: 'comment' | 'annotation';
  /** Why, as its author wrote it; may be empty. */
  readonly reason: string;
  /** The last day on which the rule holds, as written: `2026-12-31`. */
  readonly until: string | undefined;
}

/** Characters of a reason that are kept. */
const REASON_MAX = 1024;

/** Characters at the end that may hold the date. */
const TAIL_MAX = 128;

const UNTIL = /(?:^|\s)until\s+(\S+)\s*$/;

/** The rule that exempts a site; the comment wins over the annotation. */
export function ignoreOf(bytes: Buffer, { comment, resource }: ImageSite): Ignore | undefined {
  if (comment !== undefined) return parseIgnore('comment', comment);
  const annotation = textOf(bytes, resource.ignore);
  return annotation === '' ? undefined : parseIgnore('annotation', annotation);
}

function parseIgnore(from: Ignore['from'], text: string): Ignore {
  const tail = text.slice(-TAIL_MAX);
  const until = UNTIL.exec(tail);
  const end = until === null ? text.length : text.length - tail.length + until.index;
  return { from, reason: text.slice(0, Math.min(end, REASON_MAX)).trim(), until: until?.[1] };
}
