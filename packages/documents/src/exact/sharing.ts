import type { FieldNode } from '../field-tree.ts';
import type { YamlTree } from './yaml-tree.ts';

/** An anchored value on the way to a scalar, and the node of the plan that it was reached for. */
export interface Step {
  readonly anchor: number;
  readonly node: FieldNode;
}

/**
 * True where text reached through aliases also stands for something that is no image: then a digest
 * would change more than the image. All aliases of each anchor on the way must have been followed
 * for the same field.
 */
export function isShared(
  tree: YamlTree,
  uses: ReadonlyMap<number, ReadonlySet<FieldNode>>,
  steps: readonly Step[],
): boolean {
  return steps.some(({ anchor, node }) =>
    [...tree.targets].some(([alias, target]) => target === anchor && !uses.get(alias)?.has(node)),
  );
}
