import { COLON, CR, HASH, LF, PLAIN_BODY, SPACE } from './characters.ts';
import { isLineEnd } from './line-end.ts';
import { CLOSED, PLAIN, type Scan } from './scan.ts';

/**
 * Reads unquoted text up to the end of its line and returns where it ends, without spaces; -1 for
 * what may mean something else: a colon before a space, a tab, a control character. A comment
 * behind the text closes it; without one, deeper lines may go on with it.
 */
export function readPlainText(scan: Scan, at: number): number {
  const { bytes, end } = scan;
  let last = at;
  scan.last = PLAIN;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (PLAIN_BODY[byte] === 1) {
      if (byte !== SPACE) last = at + 1;
    } else if (byte === LF || byte === CR) {
      break;
    } else if (byte === COLON) {
      if (bytes[at + 1] === SPACE || isLineEnd(scan, at + 1) || (bytes[at + 1] as number) < SPACE)
        return -1;
      last = at + 1;
    } else if (byte !== HASH) {
      return -1;
    } else if (bytes[at - 1] === SPACE) {
      return closeWithComment(scan, at, last);
    } else {
      last = at + 1;
    }
  }
  if (at < end && bytes[at] === CR && bytes[at + 1] !== LF) return -1;
  scan.at = at >= end ? end : bytes[at] === CR ? at + 2 : at + 1;
  return last;
}

function closeWithComment(scan: Scan, at: number, last: number): number {
  const line = scan.bytes.indexOf(LF, at);
  scan.at = line < 0 || line >= scan.end ? scan.end : line + 1;
  scan.last = CLOSED;
  return last;
}
