import { listOf, mapping, type Shape, textThat } from '../shape/shape.ts';

/** Images that are left as they are, and why. */
export interface IgnoreRule {
  /**
   * A glob over the canonical reference with or without its tag, or over the text as written:
   * `ghcr.io/acme/**`, `docker.io/library/nginx:1.27`. `*` stays inside one path segment.
   */
  readonly pattern: string;
  readonly reason: string;
  /** The last day on which the rule holds, `YYYY-MM-DD`; without it the rule holds for ever. */
  readonly expires?: string;
}

const ignoreShape: Shape = mapping(
  { pattern: textThat(), reason: textThat(), expires: textThat(dateProblem) },
  ['pattern', 'reason'],
);

export const ignoresShape: Shape = listOf(ignoreShape);

/** True for a day that is in the calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function dateProblem(text: string): string | undefined {
  return isDate(text) ? undefined : 'must be a date, written YYYY-MM-DD';
}
