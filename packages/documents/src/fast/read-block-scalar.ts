import { CR, DASH, LF, SPACE, TAB } from './characters.ts';
import { closeLine } from './line-end.ts';
import type { Scan } from './scan.ts';

/**
 * Skips a literal or folded block scalar, whatever it holds. False for an indentation that is given
 * in digits, for a leading blank line that is wider than the text, and for a line that is neither
 * inside nor outside.
 */
export function readBlockScalar(scan: Scan, at: number): boolean {
  const { bytes, end, columns, depth } = scan;
  const next = bytes[at + 1];
  const line = closeLine(scan, next === DASH || next === 43 ? at + 2 : at + 1);
  if (line < 0) return false;
  const owner = columns[depth] as number;
  let inside = -1;
  let widest = 0;
  for (at = line; at < end; at = nextLine(bytes, at, end)) {
    const start = at;
    while (bytes[at] === SPACE) at++;
    const column = at - start;
    const byte = bytes[at];
    if (at >= end || byte === LF || (byte === CR && bytes[at + 1] === LF)) {
      if (inside < 0 && column > widest) widest = column;
      continue;
    }
    if (column <= owner) {
      at = start;
      break;
    }
    if (inside < 0) {
      inside = column;
      if (widest > inside || byte === TAB) return false;
    } else if (column < inside) return false;
  }
  scan.at = at;
  return inside >= 0 || widest <= owner;
}

function nextLine(bytes: Buffer, at: number, end: number): number {
  const line = bytes.indexOf(LF, at);
  return line < 0 || line >= end ? end : line + 1;
}
