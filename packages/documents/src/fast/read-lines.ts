import { childOfBytes, type FieldNode } from '../field-tree.ts';
import { CR, DASH, HASH, LF, SPACE, TAB } from './characters.ts';
import { closeFrame, needsPlan, openFrame, planAhead } from './frame.ts';
import { beginItem } from './items.ts';
import { isLineEnd } from './line-end.ts';
import { readKey } from './read-key.ts';
import { readPlainText } from './read-plain-text.ts';
import { readValue, skipLine } from './read-value.ts';
import { CLOSED, PLAIN, push, type Scan } from './scan.ts';

/**
 * Reads lines up to the end of the document. False at the first line that only the exact reader
 * reads; the scan then stands at its start, or further down in the same entry.
 */
export function readLines(scan: Scan): boolean {
  const { bytes } = scan;
  while (scan.at < scan.end) {
    const line = scan.at;
    let at = line;
    while (bytes[at] === SPACE) at++;
    const first = bytes[at];
    if (at >= scan.end) scan.at = scan.end;
    else if (first === LF) scan.at = at + 1;
    else if (first === CR && bytes[at + 1] === LF) scan.at = at + 2;
    else if (first === HASH) {
      scan.last = CLOSED;
      skipLine(scan, at);
    } else if (!readLine(scan, line, at)) return false;
  }
  return closeAll(scan);
}

function readLine(scan: Scan, line: number, at: number): boolean {
  const column = at - line;
  const dash = isDash(scan, at);
  if (scan.pending) {
    scan.pending = false;
    const owner = scan.depth < 0 ? -1 : (scan.columns[scan.depth] as number);
    if (column > owner) return openBelow(scan, line, at, dash);
    if (column === owner && dash && scan.isList[scan.depth] === 0) {
      return push(scan, column, true, scan.pendingNode) && readEntry(scan, line, at);
    }
  }
  const depth = scan.depth;
  if (!closeDeeper(scan, column, dash) || scan.depth < 0) return false;
  if ((scan.columns[scan.depth] as number) < column) {
    return depth === scan.depth && scan.last === PLAIN && readPlainText(scan, at) >= 0;
  }
  if (dash !== (scan.isList[scan.depth] === 1)) return false;
  return dash ? readEntry(scan, line, at) : readPair(scan, at);
}

function isDash(scan: Scan, at: number): boolean {
  return scan.bytes[at] === DASH && (scan.bytes[at + 1] === SPACE || isLineEnd(scan, at + 1));
}

/** The value of the last key or dash is a collection that begins with this line. */
function openBelow(scan: Scan, line: number, at: number, dash: boolean): boolean {
  const node = scan.pendingNode;
  if (!push(scan, at - line, dash, node)) return false;
  if (dash) return readEntry(scan, line, at);
  if (node?.resource) openFrame(scan);
  return readPair(scan, at);
}

/** Closes what ends before this line: collections that are deeper, and a list without another dash. */
function closeDeeper(scan: Scan, column: number, dash: boolean): boolean {
  while (scan.depth >= 0) {
    const open = scan.columns[scan.depth] as number;
    const ends = open > column || (open === column && !dash && scan.isList[scan.depth] === 1);
    if (!ends) return true;
    if (!close(scan)) return false;
  }
  return true;
}

function close(scan: Scan): boolean {
  const frame = scan.frames[scan.depth];
  if (scan.depth === scan.listDepth) scan.listDepth = -1;
  scan.depth--;
  return frame === undefined || closeFrame(frame);
}

function closeAll(scan: Scan): boolean {
  while (scan.depth >= 0) if (!close(scan)) return false;
  return true;
}

/** Reads one item of a list: `at` is at its dash. */
function readEntry(scan: Scan, line: number, at: number): boolean {
  const { bytes, depth } = scan;
  const node = scan.nodes[depth]?.items;
  scan.indices[depth] = (scan.indices[depth] as number) + 1;
  if (node?.resource) beginItem(scan, line);
  at++;
  while (bytes[at] === SPACE) at++;
  if (bytes[at] === TAB) return false;
  if (isLineEnd(scan, at) || bytes[at] === HASH) return readValue(scan, at, node);
  if (isDash(scan, at)) return push(scan, at - line, true, node) && readEntry(scan, line, at);
  const value = readKey(scan, at, depth + 1);
  if (value < 0) return value === -1 && readValue(scan, at, node);
  if (!push(scan, at - line, false, node)) return false;
  if (node?.resource) openFrame(scan);
  return readMember(scan, value);
}

/** Reads one line of a mapping: `at` is at its key. */
function readPair(scan: Scan, at: number): boolean {
  const value = readKey(scan, at, scan.depth);
  return value >= 0 && readMember(scan, value);
}

/** Reads the value behind the key that has just been read. */
function readMember(scan: Scan, at: number): boolean {
  const { bytes, depth } = scan;
  const node = nodeOfKey(scan, depth);
  if (node === null) return false;
  while (bytes[at] === SPACE) at++;
  return readValue(scan, at, node);
}

/** The node of the current key; null where it takes the exact reader to know. */
function nodeOfKey(scan: Scan, depth: number): FieldNode | undefined | null {
  const parent = scan.nodes[depth];
  if (parent === undefined) return undefined;
  const start = scan.keyStarts[depth] as number;
  const end = scan.keyEnds[depth] as number;
  const node = childOfBytes(parent, scan.bytes, start, end);
  const frame = scan.frames[depth];
  if (!needsPlan(frame, node)) return node;
  if (!planAhead(scan, frame)) return null;
  const planned = scan.nodes[depth];
  return planned && childOfBytes(planned, scan.bytes, start, end);
}
