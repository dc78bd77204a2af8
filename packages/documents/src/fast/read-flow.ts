import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DOUBLE_BODY,
  DOUBLE_QUOTE,
  FLOW_PLAIN,
  OPEN_BRACE,
  OPEN_BRACKET,
  SINGLE_QUOTE,
  SPACE,
} from './characters.ts';
import { closeLine } from './line-end.ts';
import type { Scan } from './scan.ts';

const NESTED_MAX = 16;

/**
 * Skips a simple flow collection on one line: `[]`, `{cpu: 100m}`, `["--port", "80"]`. False for
 * all others, and for one that may hold an image.
 */
export function readFlow(scan: Scan, at: number, live: boolean): boolean {
  const end = flowValue(scan.bytes, at, 0);
  if (end < 0 || (live && end - at > 2)) return false;
  const next = closeLine(scan, end);
  if (next < 0) return false;
  scan.at = next;
  return true;
}

/** The place behind the value, or -1. A line break is in none of the tables and ends everything. */
function flowValue(bytes: Buffer, at: number, depth: number): number {
  const first = bytes[at] as number;
  if (depth > NESTED_MAX) return -1;
  if (first === OPEN_BRACKET) return flowList(bytes, at + 1, depth + 1);
  if (first === OPEN_BRACE) return flowMapping(bytes, at + 1, depth + 1);
  return flowScalar(bytes, at);
}

function flowList(bytes: Buffer, at: number, depth: number): number {
  at = skipSpaces(bytes, at);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (;;) {
    at = flowValue(bytes, at, depth);
    if (at < 0) return -1;
    at = skipSpaces(bytes, at);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpaces(bytes, at + 1);
  }
}

function flowMapping(bytes: Buffer, at: number, depth: number): number {
  at = skipSpaces(bytes, at);
  if (bytes[at] === CLOSE_BRACE) return at + 1;
  for (;;) {
    at = flowScalar(bytes, at);
    if (at < 0 || bytes[at] !== COLON || bytes[at + 1] !== SPACE) return -1;
    at = flowValue(bytes, skipSpaces(bytes, at + 1), depth);
    if (at < 0) return -1;
    at = skipSpaces(bytes, at);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipSpaces(bytes, at + 1);
  }
}

function flowScalar(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  if (first === DOUBLE_QUOTE) return closingQuote(bytes, at + 1, DOUBLE_QUOTE);
  if (first === SINGLE_QUOTE) return closingQuote(bytes, at + 1, SINGLE_QUOTE);
  if (
    first === 37 ||
    first === 64 ||
    (first === DASH && FLOW_PLAIN[bytes[at + 1] as number] !== 1)
  ) {
    return -1;
  }
  const start = at;
  while (FLOW_PLAIN[bytes[at] as number] === 1) at++;
  return at === start ? -1 : at;
}

function closingQuote(bytes: Buffer, at: number, quote: number): number {
  while (bytes[at] !== quote) {
    const byte = bytes[at] as number;
    if (DOUBLE_BODY[byte] !== 1 && byte !== DOUBLE_QUOTE) return -1;
    at++;
  }
  return bytes[at + 1] === quote ? -1 : at + 1;
}

function skipSpaces(bytes: Buffer, at: number): number {
  while (bytes[at] === SPACE) at++;
  return at;
}
