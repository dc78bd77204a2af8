import { CR, HASH, LF, SPACE } from './characters.ts';
import { CLOSED, type Scan } from './scan.ts';

/** Notes where an item of the document's own list of resources begins. */
export function beginItem(scan: Scan, line: number): void {
  if (scan.listDepth < 0 && scan.depth === 1) scan.listDepth = scan.depth;
  if (scan.depth !== scan.listDepth) return;
  scan.itemStart = line;
  scan.sitesBefore = scan.reading.sites.length;
}

/**
 * Leaves the current item of the document's list to the exact reader and moves to the line behind
 * it. False where the scan is not inside of such an item.
 */
export function leaveItem(scan: Scan): boolean {
  const { listDepth, itemStart, reading } = scan;
  if (listDepth < 0) return false;
  const column = scan.columns[listDepth] as number;
  const end = endOfItem(scan, Math.max(scan.at - 1, itemStart + column + 1), column);
  const frame = scan.frames[listDepth - 1];
  const inResourceList = frame?.resource.kind === 'ResourceList';
  scan.items.push({
    start: itemStart,
    end,
    document: scan.document,
    index: inResourceList ? scan.indices[listDepth] : undefined,
    identity: frame?.items,
  });
  reading.sites.length = scan.sitesBefore;
  scan.depth = listDepth;
  scan.pending = false;
  scan.last = CLOSED;
  scan.at = end;
  return true;
}

/** The next line that is not deeper than the dashes of the list. */
function endOfItem({ bytes, end }: Scan, at: number, column: number): number {
  for (let line = bytes.indexOf(LF, at); line >= 0 && line < end; line = bytes.indexOf(LF, at)) {
    const start = line + 1;
    at = start;
    while (bytes[at] === SPACE) at++;
    const first = bytes[at];
    const blank = first === LF || first === CR || first === HASH;
    if (at < end && !blank && at - start <= column) return start;
  }
  return end;
}
