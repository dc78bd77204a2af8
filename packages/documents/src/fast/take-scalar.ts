import { formatKey } from '../field-path.ts';
import type { FieldLeaf, FieldNode } from '../field-tree.ts';
import { ignoreComment } from '../ignore-comment.ts';
import type { Resource } from '../image-site.ts';
import { isReference, problemOf, readPlain } from '../image-value.ts';
import { takeRole } from './frame.ts';
import type { Scan } from './scan.ts';

/**
 * Takes one scalar on one line that stands at a node of the plan. False where the exact reader has
 * to say what it means.
 */
export function takeScalar(
  scan: Scan,
  node: FieldNode,
  start: number,
  end: number,
  quoted: boolean,
): boolean {
  if (node.role !== undefined) return takeRole(scan, node.role, start, end);
  return node.leaf === undefined || takeImage(scan, node.leaf, start, end, quoted);
}

function takeImage(
  scan: Scan,
  leaf: FieldLeaf,
  start: number,
  end: number,
  quoted: boolean,
): boolean {
  const text = scan.bytes.toString('utf8', start, end);
  const kind = quoted ? 'text' : readPlain(text);
  if (kind === 'absent' || text === '') return true;
  if (leaf.confidence === 'low' && !isReference(text)) return true;
  const depth = resourceDepth(scan);
  scan.reading.sites.push({
    start,
    end,
    text,
    resource: scan.frames[depth]?.resource as Resource,
    leaf,
    path: leaf.pattern === undefined ? pathFrom(scan, depth) : indicesFrom(scan, depth),
    confidence: leaf.confidence,
    problem: kind === 'text' ? problemOf(text) : kind,
    comment: ignoreComment(scan.bytes, end),
  });
  return true;
}

function resourceDepth(scan: Scan): number {
  let depth = scan.depth;
  while (scan.frames[depth] === undefined) depth--;
  return depth;
}

function indicesFrom(scan: Scan, depth: number): number[] {
  const indices: number[] = [];
  for (let at = depth + 1; at <= scan.depth; at++) {
    if (scan.isList[at] === 1) indices.push(scan.indices[at] as number);
  }
  return indices;
}

function pathFrom(scan: Scan, depth: number): string {
  let path = '';
  for (let at = depth; at <= scan.depth; at++) {
    if (scan.isList[at] === 1) path += `[${scan.indices[at]}]`;
    else {
      const key = scan.bytes.toString('utf8', scan.keyStarts[at], scan.keyEnds[at]);
      path += path === '' ? key : formatKey(key);
    }
  }
  return path;
}
