import type { FieldNode } from '../field-tree.ts';
import {
  BACKSLASH,
  CR,
  DOUBLE_BODY,
  DOUBLE_QUOTE,
  ESCAPABLE,
  LF,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './characters.ts';
import { closeLine } from './line-end.ts';
import type { Scan } from './scan.ts';
import { takeScalar } from './take-scalar.ts';

/** Reads a quoted scalar, which may go on over lines that are deeper than its collection. */
export function readQuoted(scan: Scan, at: number, node: FieldNode | undefined): boolean {
  scan.simple = true;
  const end =
    scan.bytes[at] === DOUBLE_QUOTE ? endOfDouble(scan, at + 1) : endOfSingle(scan, at + 1);
  if (end < 0) return false;
  const next = closeLine(scan, end + 1);
  if (next < 0) return false;
  scan.at = next;
  if (node === undefined || (node.leaf === undefined && node.role === undefined)) return true;
  return scan.simple && takeScalar(scan, node, at + 1, end, true);
}

function endOfDouble(scan: Scan, at: number): number {
  const { bytes, end } = scan;
  while (at < end) {
    const byte = bytes[at] as number;
    if (DOUBLE_BODY[byte] === 1) at++;
    else if (byte === DOUBLE_QUOTE) return at;
    else {
      if (byte === TAB) {
        at++;
        continue;
      }
      scan.simple = false;
      at = byte === BACKSLASH ? behindEscape(scan, at) : behindBreak(scan, at);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function endOfSingle(scan: Scan, at: number): number {
  const { bytes, end } = scan;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === SINGLE_QUOTE) {
      if (bytes[at + 1] !== SINGLE_QUOTE) return at;
      scan.simple = false;
      at += 2;
    } else if (byte >= SPACE || byte === TAB) at++;
    else {
      scan.simple = false;
      at = behindBreak(scan, at);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Digits behind `\x`, `\u` and `\U`. */
const DIGITS: ReadonlyMap<number, number> = new Map([
  [120, 2],
  [117, 4],
  [85, 8],
]);

function behindEscape(scan: Scan, at: number): number {
  const escaped = scan.bytes[at + 1] as number;
  if (escaped === LF || escaped === CR) return behindBreak(scan, at + 1);
  if (ESCAPABLE[escaped] === 1) return at + 2;
  const digits = DIGITS.get(escaped);
  if (digits === undefined) return -1;
  for (let digit = at + 2; digit < at + 2 + digits; digit++) {
    if (!isHex(scan.bytes[digit])) return -1;
  }
  return at + 2 + digits;
}

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}

/** The first character of the next line that is not blank; -1 where it is not deep enough. */
function behindBreak(scan: Scan, at: number): number {
  const { bytes, end } = scan;
  const owner = scan.columns[scan.depth] as number;
  for (;;) {
    if (bytes[at] === CR) at++;
    if (bytes[at] !== LF) return -1;
    at++;
    const start = at;
    while (bytes[at] === SPACE) at++;
    if (at >= end || bytes[at] === TAB) return -1;
    if (bytes[at] !== LF && bytes[at] !== CR) return at - start > owner ? at : -1;
  }
}
