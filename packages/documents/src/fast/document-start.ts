import { identityRoot } from '../field-plan.ts';
import type { FieldNode } from '../field-tree.ts';
import { closeLine } from './line-end.ts';
import type { Scan } from './scan.ts';

const ROOT: FieldNode = identityRoot();

/** Steps over a byte order mark and the `---` line; false where more than a comment follows it. */
export function readDocumentStart(scan: Scan): boolean {
  const { bytes } = scan;
  if (scan.at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) scan.at = 3;
  if (isMarker(bytes, scan.at)) scan.at = closeLine(scan, scan.at + 3);
  scan.pending = true;
  scan.pendingNode = ROOT;
  return scan.at >= 0;
}

function isMarker(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === 45 && bytes[at + 1] === 45 && bytes[at + 2] === 45 && (bytes[at + 3] ?? 10) <= 32
  );
}
