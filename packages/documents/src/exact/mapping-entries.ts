import { follow, isMapping, isSequence, membersOf, textAt, type YamlTree } from './yaml-tree.ts';

/** One pair of a mapping, its own or one that a merge key brings. */
export interface Entry {
  readonly key: string;
  /** The value's event, not followed. */
  readonly value: number;
  /** The aliases behind the merge keys that brought it; empty for the mapping's own. */
  readonly merged: readonly number[];
}

/**
 * The pairs of a mapping, in order, its own before those that `<<` merges in and that it does not
 * override. A key that stands twice is there twice; so is one that stands before a `<<` that brings
 * it too: kubectl and Helm take what was merged, kustomize the mapping's own. No mapping is merged
 * more than once, so cycles and bombs end.
 */
export function entriesOf(tree: YamlTree, mapping: number): Entries {
  const entries: Entry[] = [];
  const aliases: number[] = [];
  merge(tree, mapping, [], { entries, aliases, merged: new Set(), keys: new Set() });
  return { entries, aliases };
}

/** The pairs of a mapping, and the aliases of its merge keys, whether they bring a pair or not. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly aliases: readonly number[];
}

interface Merge {
  readonly entries: Entry[];
  readonly aliases: number[];
  readonly merged: Set<number>;
  readonly keys: Set<string>;
}

function merge(tree: YamlTree, mapping: number, via: readonly number[], state: Merge): void {
  if (state.merged.has(mapping)) return;
  state.merged.add(mapping);
  const pairs = pairsOf(tree, mapping);
  for (const { name, value } of pairs) {
    if (name === undefined || state.keys.has(name)) continue;
    state.entries.push({ key: name, value, merged: via });
  }
  for (const { key, name, value } of pairs.toReversed()) {
    if (isMergeKey(tree, key)) mergeSource(tree, value, via, state);
    if (name !== undefined) state.keys.add(name);
  }
}

function pairsOf(
  tree: YamlTree,
  mapping: number,
): { readonly key: number; readonly name: string | undefined; readonly value: number }[] {
  const members = membersOf(tree, mapping);
  const pairs = [];
  for (let at = 0; at + 1 < members.length; at += 2) {
    const [key, value] = [members[at] as number, members[at + 1] as number];
    pairs.push({ key, name: textAt(tree, follow(tree, key)), value });
  }
  return pairs;
}

function isMergeKey(tree: YamlTree, key: number): boolean {
  const event = tree.events[key];
  return event !== undefined && 'valueStart' in event && event.valueEnd - event.valueStart === 2
    ? tree.text.startsWith('<<', event.valueStart)
    : false;
}

function mergeSource(tree: YamlTree, source: number, via: readonly number[], state: Merge): void {
  const target = follow(tree, source);
  const path = target === source ? via : [...via, source];
  if (target !== source) state.aliases.push(source);
  if (isMapping(tree, target)) merge(tree, target, path, state);
  else if (isSequence(tree, target)) {
    for (const member of membersOf(tree, target)) {
      const mapping = follow(tree, member);
      const through = mapping === member ? path : [...path, member];
      if (mapping !== member) state.aliases.push(member);
      if (isMapping(tree, mapping)) merge(tree, mapping, through, state);
    }
  }
}
