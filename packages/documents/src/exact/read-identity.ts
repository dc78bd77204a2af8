import type { Identity } from '../field-plan.ts';
import type { Resource } from '../image-site.ts';
import { type Entry, entriesOf } from './mapping-entries.ts';
import { follow, isMapping, scalarAt, scalarText, type YamlTree } from './yaml-tree.ts';

/** Who a resource is, from the pairs of its mapping. Of a key that stands twice the last one counts. */
export function readIdentity(
  tree: YamlTree,
  entries: readonly Entry[],
  document: number,
  inList: Identity | undefined,
): Resource {
  const metadata = mappingAt(tree, entries, 'metadata');
  const annotations = mappingAt(tree, metadata, 'annotations');
  const kind = textOf(tree, entries, 'kind');
  return {
    document,
    apiVersion: textOf(tree, entries, 'apiVersion') || (inList?.apiVersion ?? ''),
    kind: kind || (inList?.kind ?? ''),
    name: textOf(tree, metadata, 'name'),
    namespace: textOf(tree, metadata, 'namespace'),
    ignore: textOf(tree, annotations, 'pindrift.dev/ignore'),
  };
}

/** The pairs of the mapping under a key; of all of them, where the key stands twice. */
function mappingAt(tree: YamlTree, entries: readonly Entry[], key: string): readonly Entry[] {
  return entries
    .filter((entry) => entry.key === key)
    .map(({ value }) => follow(tree, value))
    .flatMap((value) => (isMapping(tree, value) ? entriesOf(tree, value).entries : []));
}

/** What a key says; of one that stands twice the last that says something. */
function textOf(tree: YamlTree, entries: readonly Entry[], key: string): string {
  const scalars = entries
    .filter((entry) => entry.key === key)
    .map(({ value }) => scalarAt(tree, follow(tree, value)));
  const last = scalars.findLast((scalar) => scalar !== undefined && scalar.valueStart >= 0);
  return last === undefined ? '' : scalarText(tree, last);
}
