import type { FieldNode } from '../field-tree.ts';
import {
  BAR,
  CR,
  DASH,
  DOUBLE_QUOTE,
  GREATER,
  HASH,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLAIN_START,
  SINGLE_QUOTE,
  SPACE,
} from './characters.ts';
import { isLineEnd } from './line-end.ts';
import { readBlockScalar } from './read-block-scalar.ts';
import { readFlow } from './read-flow.ts';
import { readPlainText } from './read-plain-text.ts';
import { readQuoted } from './read-quoted.ts';
import { CLOSED, PLAIN, type Scan, TAKEN } from './scan.ts';
import { takeScalar } from './take-scalar.ts';

/**
 * Reads the value that begins at `at`, behind a key or a dash, and leaves the scan at the start of
 * the next line. False for what only the exact reader reads.
 */
export function readValue(scan: Scan, at: number, node: FieldNode | undefined): boolean {
  const { bytes } = scan;
  const first = bytes[at] as number;
  scan.last = CLOSED;
  if (at >= scan.end || first === LF || first === CR || first === HASH) {
    return awaitValue(scan, at, node);
  }
  if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return readQuoted(scan, at, node);
  if (PLAIN_START[first] === 1) return readText(scan, at, node);
  if (first === BAR || first === GREATER)
    return node?.leaf === undefined && node?.role === undefined && readBlockScalar(scan, at);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return readFlow(scan, at, node !== undefined);
  if (first !== DASH || bytes[at + 1] === SPACE || isLineEnd(scan, at + 1)) return false;
  return readText(scan, at, node);
}

/** Nothing on this line: the value follows on the next ones, or there is none. */
function awaitValue(scan: Scan, at: number, node: FieldNode | undefined): boolean {
  scan.pending = true;
  scan.pendingNode = node;
  if (scan.bytes[at] === CR && scan.bytes[at + 1] !== LF) return false;
  skipLine(scan, at);
  return true;
}

/** Moves to the line behind the one that `at` is in. */
export function skipLine(scan: Scan, at: number): void {
  const end = scan.bytes.indexOf(LF, at);
  scan.at = end < 0 || end >= scan.end ? scan.end : end + 1;
}

function readText(scan: Scan, at: number, node: FieldNode | undefined): boolean {
  const end = readPlainText(scan, at);
  if (end < 0) return false;
  if (node === undefined || (node.leaf === undefined && node.role === undefined)) {
    return true;
  }
  if (scan.last === PLAIN) scan.last = TAKEN;
  return takeScalar(scan, node, at, end, false);
}
