import type { FieldNode } from '../field-tree.ts';
import type { ItemPart, Part, Reading } from '../reading.ts';
import type { Frame } from './frame.ts';
import { createKnownTexts, type KnownTexts } from './known-texts.ts';

/** Collections inside collections that the fast reader follows; deeper ones it leaves to the exact. */
export const DEPTH_MAX = 256;

/** How the last line ended: only behind unquoted text may a deeper line go on with it. */
export const CLOSED = 0;
export const PLAIN = 1;
/** Unquoted text that has been taken for an image or a name: it must not go on. */
export const TAKEN = 2;

/**
 * Where the fast reader stands in one document. One of these is used for all documents of a text,
 * and everything that is written per line is a number in a typed array: nothing is allocated.
 *
 * The stack holds the open block collections; `columns[depth]` is where the entries of each begin.
 */
export interface Scan {
  readonly reading: Reading;
  readonly bytes: Buffer;
  /** Text of the bytes, for the few texts that are met again and again. */
  readonly known: KnownTexts;
  /** The next byte that is looked at; between two lines the start of a line. */
  at: number;
  end: number;
  document: number;
  depth: number;
  readonly columns: Int32Array;
  readonly isList: Uint8Array;
  /** For a list the index of the current item. */
  readonly indices: Int32Array;
  /** For a mapping where the current key stands. */
  readonly keyStarts: Int32Array;
  readonly keyEnds: Int32Array;
  readonly nodes: (FieldNode | undefined)[];
  /** For a mapping that is a resource, what is known of it. */
  readonly frames: (Frame | undefined)[];
  /** True behind a key or dash whose value has not been seen yet, with the value's node. */
  pending: boolean;
  pendingNode: FieldNode | undefined;
  last: number;
  /** False when the last quoted scalar held an escape or a line break. */
  simple: boolean;
  /** The depth of the document's own list of resources, or -1; and where its current item begins. */
  listDepth: number;
  itemStart: number;
  readonly items: ItemPart[];
  /** Sites of the current item that are kept when it has to be read exactly. */
  sitesBefore: number;
}

export function createScan(reading: Reading): Scan {
  return {
    reading,
    bytes: reading.bytes,
    known: createKnownTexts(reading.bytes),
    at: 0,
    end: 0,
    document: 0,
    depth: -1,
    columns: new Int32Array(DEPTH_MAX),
    isList: new Uint8Array(DEPTH_MAX),
    indices: new Int32Array(DEPTH_MAX),
    keyStarts: new Int32Array(DEPTH_MAX),
    keyEnds: new Int32Array(DEPTH_MAX),
    nodes: new Array(DEPTH_MAX).fill(undefined),
    frames: new Array(DEPTH_MAX).fill(undefined),
    pending: false,
    pendingNode: undefined,
    last: CLOSED,
    simple: true,
    listDepth: -1,
    itemStart: 0,
    items: [],
    sitesBefore: 0,
  };
}

/** Makes the scan ready for another document. */
export function startScan(scan: Scan, part: Part): void {
  scan.at = part.start;
  scan.end = part.end;
  scan.document = part.document;
  scan.depth = -1;
  scan.pending = false;
  scan.pendingNode = undefined;
  scan.last = CLOSED;
  scan.listDepth = -1;
  scan.items.length = 0;
  scan.sitesBefore = scan.reading.sites.length;
}

/** Opens a collection; false when there are too many open ones. */
export function push(
  scan: Scan,
  column: number,
  list: boolean,
  node: FieldNode | undefined,
): boolean {
  const depth = scan.depth + 1;
  if (depth >= DEPTH_MAX) return false;
  scan.depth = depth;
  scan.columns[depth] = column;
  scan.isList[depth] = list ? 1 : 0;
  scan.indices[depth] = -1;
  scan.nodes[depth] = node;
  scan.frames[depth] = undefined;
  return true;
}
