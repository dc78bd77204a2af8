import { DOUBLE_QUOTE, SINGLE_QUOTE, SPACE } from './characters.ts';
import { closeLine } from './line-end.ts';
import type { Scan } from './scan.ts';

/** The value of a key further down; `start` is -1 where there is no such key. */
export interface Ahead {
  readonly start: number;
  readonly text: string;
}

const NOTHING: Ahead = { start: -1, text: '' };

/**
 * The value of a key that stands further down in the mapping at this column: `kubectl get -o yaml`
 * writes the kind of a list behind its items. Whether the line belongs to this mapping is found out
 * when it is reached. Undefined where the value is not simple.
 *
 * What has been searched in vain is not searched again, so that a list of nameless items costs one
 * pass.
 */
export function lookAhead(scan: Scan, column: number, key: string): Ahead | undefined {
  const wanted = `\n${' '.repeat(column)}${key}:`;
  const line = find(scan, wanted);
  if (line < 0) return NOTHING;
  return simpleValue(scan, line + wanted.length);
}

interface Search {
  readonly bytes: Buffer;
  readonly end: number;
  /** For each text the place from which on it was searched, and what was found. */
  readonly known: Map<string, { readonly from: number; readonly found: number }>;
}

const searches = new WeakMap<Scan, Search>();

function find(scan: Scan, wanted: string): number {
  const { bytes, at, end } = scan;
  let search = searches.get(scan);
  if (search === undefined || search.bytes !== bytes || search.end !== end) {
    search = { bytes, end, known: new Map() };
    searches.set(scan, search);
  }
  const known = search.known.get(wanted);
  if (known !== undefined && known.from <= at && (known.found < 0 || known.found >= at)) {
    return known.found;
  }
  const index = bytes.subarray(at, end).indexOf(wanted);
  const found = index < 0 ? -1 : at + index;
  search.known.set(wanted, { from: at, found });
  return found;
}

function simpleValue(scan: Scan, at: number): Ahead | undefined {
  const { bytes, end: limit } = scan;
  while (bytes[at] === SPACE) at++;
  const quote = bytes[at];
  const quoted = quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE;
  const start = quoted ? at + 1 : at;
  let end = start;
  while (end < limit && isSimple(bytes[end] as number)) end++;
  if (end === start || (quoted && bytes[end++] !== quote)) return undefined;
  const text = bytes.toString('latin1', start, quoted ? end - 1 : end);
  return closeLine(scan, end) < 0 ? undefined : { start, text };
}

/** Letters, digits, and `-./`: all that stands in a kind or an apiVersion. */
function isSimple(byte: number): boolean {
  return (byte >= 45 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}
