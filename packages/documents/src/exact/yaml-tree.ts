import { EVENT_ID, type Event, getScalarValue, parseEvents, type ScalarEvent } from 'js-yaml';
import { BLANK } from './blank-templates.ts';
import { readableText } from './transparent-text.ts';

/**
 * Collections inside collections. Kubernetes itself stops far earlier; more than a few thousand
 * would exhaust the stack of the parser.
 */
const DEPTH_MAX = 1000;

/** The events of a YAML text, with what is needed to walk them in any order without copying them. */
export interface YamlTree {
  /** One character per byte; event offsets are byte offsets. */
  readonly text: string;
  /** The text before its templates were taken out; the same one where it had none. */
  readonly original: string;
  readonly events: readonly Event[];
  /** For a collection the event that closes it, for a scalar or an alias itself. */
  readonly last: Int32Array;
  /** For an alias the event that its anchor stands on. */
  readonly targets: ReadonlyMap<number, number>;
  /** The first event of each document's contents. */
  readonly documents: readonly number[];
}

/** What the parser lets pass and is no YAML: an alias without an anchor, a key behind a value. */
export class TreeFault extends Error {
  override readonly name = 'TreeFault';
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

/** Throws js-yaml's `YAMLException` for what is no YAML, and `TreeFault`. Expands no alias. */
export function parseTree(text: string, original: string = text): YamlTree {
  const events = parseEvents(text, { maxDepth: DEPTH_MAX });
  const last = new Int32Array(events.length);
  const targets = new Map<number, number>();
  const documents: number[] = [];
  const open: number[] = [];
  let anchors = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    last[index] = index;
    if (event.type === EVENT_ID.POP) last[open.pop() ?? 0] = index;
    else if (event.type === EVENT_ID.ALIAS) targets.set(index, anchorOf(text, event, anchors));
    else if (event.type === EVENT_ID.DOCUMENT) {
      documents.push(index + 1);
      anchors = new Map();
      open.push(index);
    } else {
      if (event.anchorStart >= 0) {
        anchors.set(text.slice(event.anchorStart, event.anchorEnd), index);
      }
      if (event.type !== EVENT_ID.SCALAR) open.push(index);
    }
  }
  refuseCrowdedKeys(text, events);
  return { text, original, events, last, targets, documents };
}

/**
 * js-yaml 5.5 takes `- "a" b: c` for the end of a list and the next key of the mapping around it,
 * when the dashes stand under the key of the list. A key of a block mapping needs a line of its own,
 * unless it is the first one.
 */
function refuseCrowdedKeys(text: string, events: readonly Event[]): void {
  let behind = -1;
  for (const [index, event] of events.entries()) {
    if (event.type === EVENT_ID.POP && behind >= 0) {
      const key = events[index + 1];
      const start = key !== undefined && 'valueStart' in key ? key.valueStart : -1;
      const crowded = start >= 0 && !/[\n\r,:?]/.test(text.slice(behind - 1, start));
      if (crowded) throw new TreeFault('a key needs a line of its own', start);
    } else if (event.type === EVENT_ID.SCALAR && event.valueEnd >= 0) behind = event.valueEnd;
    else if (event.type === EVENT_ID.ALIAS) behind = event.anchorEnd;
  }
}

function anchorOf(
  text: string,
  alias: { anchorStart: number; anchorEnd: number },
  anchors: ReadonlyMap<string, number>,
): number {
  const name = text.slice(alias.anchorStart, alias.anchorEnd);
  const target = anchors.get(name);
  if (target === undefined) {
    throw new TreeFault(`the alias *${name} has no anchor before it`, alias.anchorStart - 1);
  }
  return target;
}

/** The event that holds the value: an alias is followed to its anchor. */
export function follow(tree: YamlTree, index: number): number {
  return tree.targets.get(index) ?? index;
}

export function isMapping(tree: YamlTree, index: number): boolean {
  return tree.events[index]?.type === EVENT_ID.MAPPING;
}

export function isSequence(tree: YamlTree, index: number): boolean {
  return tree.events[index]?.type === EVENT_ID.SEQUENCE;
}

/** The scalar event at this index, if it is one. */
export function scalarAt(tree: YamlTree, index: number): ScalarEvent | undefined {
  const event = tree.events[index];
  return event?.type === EVENT_ID.SCALAR ? event : undefined;
}

/** What a scalar says; undefined for a collection. */
export function textAt(tree: YamlTree, index: number): string | undefined {
  const scalar = scalarAt(tree, index);
  return scalar && scalarText(tree, scalar);
}

/** What a scalar says; where a template stands in it, how it is written. */
export function scalarText({ text, original }: YamlTree, scalar: ScalarEvent): string {
  const value = getScalarValue(text, scalar);
  const templated = text !== original && value.includes(BLANK);
  return readableText(templated ? original.slice(scalar.valueStart, scalar.valueEnd) : value);
}

/** The members of a collection one after the other; of a mapping key, value, key, value. */
export function membersOf(tree: YamlTree, index: number): number[] {
  const members: number[] = [];
  const end = tree.last[index] ?? index;
  for (let at = index + 1; at < end; at = (tree.last[at] ?? at) + 1) members.push(at);
  return members;
}
