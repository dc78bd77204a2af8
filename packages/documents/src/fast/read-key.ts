import {
  BACKSLASH,
  COLON,
  DOUBLE_QUOTE,
  HASH,
  KEY_BODY,
  KEY_START,
  LF,
  SINGLE_QUOTE,
  SPACE,
} from './characters.ts';
import { isLineEnd } from './line-end.ts';
import type { Scan } from './scan.ts';

/** No key stands here, but perhaps a scalar. */
const NO_KEY = -1;
/** Only the exact reader can tell. */
const UNKNOWN = -2;

/**
 * Reads the key at `at`, notes where it stands as that of the collection at `depth`, and returns the
 * place behind its colon; or one of two negative numbers.
 */
export function readKey(scan: Scan, at: number, depth: number): number {
  const first = scan.bytes[at] as number;
  if (KEY_START[first] === 1) return readPlainKey(scan, at, depth);
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE)
    return readQuotedKey(scan, at, depth, first);
  return NO_KEY;
}

function readPlainKey(scan: Scan, start: number, depth: number): number {
  const { bytes, end } = scan;
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (KEY_BODY[byte] === 1) continue;
    if (byte === COLON) {
      if (bytes[at + 1] === SPACE || isLineEnd(scan, at + 1)) break;
    } else if (byte !== HASH || bytes[at - 1] === SPACE) return NO_KEY;
  }
  if (at >= end || depth >= scan.keyStarts.length) return NO_KEY;
  let last = at;
  while (bytes[last - 1] === SPACE) last--;
  scan.keyStarts[depth] = start;
  scan.keyEnds[depth] = last;
  return at + 1;
}

function readQuotedKey(scan: Scan, start: number, depth: number, quote: number): number {
  const { bytes, end } = scan;
  let at = start + 1;
  while (at < end && bytes[at] !== quote) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH || byte === LF || byte < SPACE) return NO_KEY;
    at++;
  }
  const last = at++;
  if (bytes[at] === quote) return NO_KEY;
  while (bytes[at] === SPACE) at++;
  if (at >= end || bytes[at] !== COLON) return NO_KEY;
  if (bytes[at + 1] !== SPACE && !isLineEnd(scan, at + 1)) return UNKNOWN;
  if (depth >= scan.keyStarts.length) return UNKNOWN;
  scan.keyStarts[depth] = start + 1;
  scan.keyEnds[depth] = last;
  return at + 1;
}
