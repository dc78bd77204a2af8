import type { FieldNode } from '../field-tree.ts';
import { follow, isMapping, membersOf, textAt, type YamlTree } from './yaml-tree.ts';

/** An anchored value on the way to a scalar, and the node of the plan that it was reached for. */
export interface Step {
  readonly anchor: number;
  readonly node: FieldNode;
}

/** Where aliases were followed, and what was reached through them. */
export interface Sharing {
  readonly tree: YamlTree;
  /** For each anchored value its aliases. */
  readonly aliases: ReadonlyMap<number, readonly number[]>;
  /** For each alias the nodes that it was followed for. */
  readonly uses: Map<number, Set<FieldNode>>;
  /** For each scalar at the place of an image the steps that lead to it. */
  readonly reached: Map<number, Step[]>;
}

export function createSharing(tree: YamlTree): Sharing {
  const aliases = new Map<number, number[]>();
  for (const [alias, anchor] of tree.targets) {
    const known = aliases.get(anchor);
    if (known === undefined) aliases.set(anchor, [alias]);
    else known.push(alias);
  }
  return { tree, aliases, uses: new Map(), reached: new Map() };
}

/** Notes that an alias stands where `node` is looked for, and returns the step that it leads. */
export function noteUse({ tree, uses }: Sharing, alias: number, node: FieldNode): Step {
  const nodes = uses.get(alias);
  if (nodes === undefined) uses.set(alias, new Set([node]));
  else nodes.add(node);
  return { anchor: follow(tree, alias), node };
}

export function noteReached({ reached }: Sharing, scalar: number, steps: readonly Step[]): void {
  const known = reached.get(scalar);
  if (known === undefined) reached.set(scalar, [...steps]);
  else known.push(...steps);
}

/**
 * True where a scalar that was reached through `steps`, or that stands in its place itself, also
 * stands for something that is no image: then a digest would change more than the image. Every alias
 * of every anchor on the way must have led to it as an image, and what is anchored elsewhere must
 * stand where it means nothing by itself.
 */
export function isShared(sharing: Sharing, scalar: number, steps: readonly Step[]): boolean {
  if (steps.length === 0) return hasOtherUse(sharing, scalar);
  const reached = sharing.reached.get(scalar) ?? [];
  return steps.some(({ anchor }) => {
    if (!isAside(sharing.tree, anchor)) return true;
    const nodes = reached.filter((step) => step.anchor === anchor).map(({ node }) => node);
    return sharing.aliases
      .get(anchor)
      ?.some((alias) => !nodes.some((node) => sharing.uses.get(alias)?.has(node)));
  });
}

/** True for the anchor of an image that an alias brings to a place of no image, as to a label. */
function hasOtherUse({ aliases, uses }: Sharing, scalar: number): boolean {
  const others = aliases.get(scalar) ?? [];
  return others.some((alias) => ![...(uses.get(alias) ?? [])].some((node) => node.leaf));
}

/** Keys of a resource under which a text means something: a label, a variable, an item. */
const MEANINGFUL: ReadonlySet<string | undefined> = new Set([
  'apiVersion',
  'data',
  'items',
  'kind',
  'metadata',
  'spec',
  'status',
  'stringData',
  'template',
]);

/** True for what stands under a key of its own at the root, as in `x-image: &image nginx:1.27`. */
function isAside(tree: YamlTree, event: number): boolean {
  const root = tree.documents.findLast((contents) => contents <= event);
  if (root === undefined || !isMapping(tree, root)) return false;
  const members = membersOf(tree, root);
  const value = members.findIndex((at, index) => index % 2 === 1 && (tree.last[at] ?? at) >= event);
  const key = members[value - 1];
  return key !== undefined && !MEANINGFUL.has(textAt(tree, key));
}
