import type { Identity } from '../field-plan.ts';
import type { FieldNode, Role } from '../field-tree.ts';
import type { Resource } from '../image-site.ts';
import { lookAhead } from './look-ahead.ts';
import type { Scan } from './scan.ts';

/** What is known of one resource while it is read. */
export interface Frame {
  readonly resource: Resource;
  /** What items of this list are that do not say so themselves. */
  items: Identity | undefined;
  /** What this one is, in that case. */
  readonly identity: Identity | undefined;
  /** Where `kind` and `apiVersion` were read, or found ahead; -1 where not at all. */
  kindAt: number;
  apiVersionAt: number;
  /** The plan is known, and the key that a look ahead found has not been reached. */
  planned: boolean;
  kindAhead: boolean;
  apiVersionAhead: boolean;
}

/** The resource that begins with the mapping on top of the stack. */
export function openFrame(scan: Scan): Frame {
  const outer = outerFrame(scan);
  const listed = outer?.resource.kind === 'ResourceList' && scan.depth > 0;
  const document = listed
    ? (scan.indices[scan.depth - 1] as number)
    : (outer?.resource.document ?? scan.document);
  const resource = { document, apiVersion: '', kind: '', name: '', namespace: '', ignore: '' };
  const frame: Frame = {
    resource,
    items: undefined,
    identity: outer?.items,
    kindAt: -1,
    apiVersionAt: -1,
    planned: false,
    kindAhead: false,
    apiVersionAhead: false,
  };
  scan.frames[scan.depth] = frame;
  return frame;
}

function outerFrame(scan: Scan): Frame | undefined {
  for (let depth = scan.depth - 1; depth >= 0; depth--) {
    const frame = scan.frames[depth];
    if (frame !== undefined) return frame;
  }
  return undefined;
}

/** False where a key that was found ahead turned out to be none of this resource. */
export function closeFrame({ kindAhead, apiVersionAhead }: Frame): boolean {
  return !kindAhead && !apiVersionAhead;
}

/** The node for a key of which only the resource's kind can say what it is; null: leave it. */
export function planAhead(scan: Scan, frame: Frame): boolean {
  const column = scan.columns[scan.depth] as number;
  if (frame.kindAt < 0) {
    const ahead = lookAhead(scan, column, 'kind');
    if (ahead === undefined) return false;
    frame.kindAt = ahead.start;
    frame.kindAhead = ahead.start >= 0;
    frame.resource.kind = ahead.text;
  }
  if (frame.apiVersionAt < 0) {
    const ahead = lookAhead(scan, column, 'apiVersion');
    if (ahead === undefined) return false;
    frame.apiVersionAt = ahead.start;
    frame.apiVersionAhead = ahead.start >= 0;
    frame.resource.apiVersion = ahead.text;
  }
  return plan(scan, frame);
}

/** Looks up what this kind holds; false for kinds that only the exact reader reads. */
function plan(scan: Scan, frame: Frame): boolean {
  const { resource, identity } = frame;
  resource.kind ||= identity?.kind ?? '';
  resource.apiVersion ||= identity?.apiVersion ?? '';
  const { root, split, items } = scan.reading.plans.planOf(resource.apiVersion, resource.kind);
  if (split.length > 0 || scan.reading.plans.needsTable()) return false;
  scan.nodes[scan.depth] = root;
  frame.items = items;
  frame.planned = true;
  return true;
}

/** Takes a scalar that says who the resource is; false where it must be read exactly. */
export function takeRole(scan: Scan, role: Role, start: number, end: number): boolean {
  const frame = frameOf(scan);
  if (frame === undefined) return false;
  if (role === 'kind') return takeKind(scan, frame, start, end);
  if (role === 'apiVersion') return takeApiVersion(scan, frame, start, end);
  frame.resource[role] = { start, end };
  return true;
}

function frameOf(scan: Scan): Frame | undefined {
  for (let depth = scan.depth; depth >= 0; depth--) {
    const frame = scan.frames[depth];
    if (frame !== undefined) return frame;
  }
  return undefined;
}

function takeKind(scan: Scan, frame: Frame, start: number, end: number): boolean {
  if (frame.planned || frame.kindAt >= 0) {
    if (!frame.kindAhead || frame.kindAt !== start) return false;
    frame.kindAhead = false;
    return true;
  }
  frame.kindAt = start;
  frame.resource.kind = scan.known(start, end);
  return frame.apiVersionAt < 0 || plan(scan, frame);
}

function takeApiVersion(scan: Scan, frame: Frame, start: number, end: number): boolean {
  if (frame.planned || frame.apiVersionAt >= 0) {
    if (!frame.apiVersionAhead || frame.apiVersionAt !== start) return false;
    frame.apiVersionAhead = false;
    return true;
  }
  frame.apiVersionAt = start;
  frame.resource.apiVersion = scan.known(start, end);
  return frame.kindAt < 0 || plan(scan, frame);
}

/** True for a node that tells nothing before the kind is known. */
export function needsPlan(frame: Frame | undefined, node: FieldNode | undefined): frame is Frame {
  return frame !== undefined && node === undefined && !frame.planned;
}
