import { CR, HASH, LF, SPACE, TAB } from './characters.ts';
import type { Scan } from './scan.ts';

/** True at a line break, CRLF included, and at the end of the document. */
export function isLineEnd({ bytes, end }: Scan, at: number): boolean {
  if (at >= end) return true;
  const byte = bytes[at];
  return byte === LF || (byte === CR && (at + 1 >= end || bytes[at + 1] === LF));
}

/**
 * The start of the line behind `at`, when nothing but spaces and a comment stands between; -1
 * otherwise.
 */
export function closeLine(scan: Scan, at: number): number {
  const { bytes, end } = scan;
  const from = at;
  while (bytes[at] === SPACE) at++;
  if (at < end && bytes[at] === HASH && at > from) {
    const line = bytes.indexOf(LF, at);
    return line < 0 || line >= end ? end : line + 1;
  }
  if (!isLineEnd(scan, at) || bytes[at] === TAB) return -1;
  if (at >= end) return end;
  return bytes[at] === CR ? Math.min(at + 2, end) : at + 1;
}
