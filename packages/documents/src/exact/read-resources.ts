import { formatKey } from '../field-path.ts';
import { type Identity, identityRoot } from '../field-plan.ts';
import { childOf, type FieldLeaf, type FieldNode } from '../field-tree.ts';
import type { ImageSite, Resource } from '../image-site.ts';
import type { Reading } from '../reading.ts';
import { type Entries, entriesOf } from './mapping-entries.ts';
import { readIdentity } from './read-identity.ts';
import { readLeaf } from './read-leaf.ts';
import { readSplits } from './read-split.ts';
import {
  createSharing,
  isShared,
  noteReached,
  noteUse,
  type Sharing,
  type Step,
} from './sharing.ts';

import { follow, isMapping, isSequence, membersOf, type YamlTree } from './yaml-tree.ts';

/** The document or item that is read. */
export interface Source {
  readonly tree: YamlTree;
  /** Where the tree's text begins in the file. */
  readonly offset: number;
  readonly document: number;
  /** What the resource is, where it does not say so itself. */
  readonly identity?: Identity | undefined;
}

/** A scalar at the place of an image, and how it was reached. */
export interface Hit {
  readonly event: number;
  readonly leaf: FieldLeaf;
  readonly path: string;
  readonly resource: Resource;
  /** The aliases on the way; empty where the scalar stands there itself. */
  readonly steps: readonly Step[];
}

interface Walk extends Source {
  readonly reading: Reading;
  readonly hits: Map<number, Hit>;
  readonly splits: ImageSite[];
  readonly sharing: Sharing;
  /** What has been visited for which node, where aliases could lead there again and again. */
  readonly seen: Map<FieldNode, Set<number>>;
}

/** Where the walk stands: a value in the tree, and the node of the plan that it is visited for. */
interface Place {
  readonly event: number;
  readonly node: FieldNode;
  readonly path: string;
  readonly resource: Resource;
  /** What a resource at this place is, where it does not say so itself. */
  readonly identity: Identity | undefined;
  readonly steps: readonly Step[];
}

/** The images of the resource, or list of resources, that begins at `event`. */
export function readResources(reading: Reading, source: Source, event: number): ImageSite[] {
  const walk: Walk = {
    ...source,
    reading,
    hits: new Map(),
    splits: [],
    sharing: createSharing(source.tree),
    seen: new Map(),
  };
  const { document, identity } = source;
  visit(walk, {
    event,
    node: ROOT,
    path: '',
    resource: { ...NOBODY, document },
    identity,
    steps: [],
  });
  const sites = [...walk.hits.values()].map((hit) =>
    readLeaf(reading.bytes, source, hit, isShared(walk.sharing, hit.event, hit.steps)),
  );
  return [...sites.filter((site) => site !== undefined), ...walk.splits];
}

const ROOT: FieldNode = identityRoot();
const NOBODY = { apiVersion: '', kind: '', name: '', namespace: '', ignore: '' };

function visit(walk: Walk, place: Place): void {
  const { tree } = walk;
  const event = follow(tree, place.event);
  if (event !== place.event) {
    const step = noteUse(walk.sharing, place.event, place.node);
    place = { ...place, event, steps: [...place.steps, step] };
  }
  if (visitedBefore(walk, place)) return;
  if (place.node.leaf !== undefined) noteHit(walk, place, place.node.leaf);
  if (isSequence(tree, event)) visitSequence(walk, place);
  else if (!isMapping(tree, event)) return;
  else if (place.node.resource) visitResource(walk, place);
  else visitEntries(walk, place, entriesOf(tree, event));
}

/** Without aliases every value is reached once; with them, a cycle or a bomb ends here. */
function visitedBefore({ tree, seen }: Walk, { event, node }: Place): boolean {
  if (tree.targets.size === 0) return false;
  const events = seen.get(node);
  if (events?.has(event)) return true;
  if (events === undefined) seen.set(node, new Set([event]));
  else events.add(event);
  return false;
}

/** A scalar that stands at the place of an image itself wins over the same one reached by an alias. */
function noteHit(walk: Walk, { event, path, resource, steps }: Place, leaf: FieldLeaf): void {
  noteReached(walk.sharing, event, steps);
  const known = walk.hits.get(event);
  if (known !== undefined && (known.steps.length === 0 || steps.length > 0)) return;
  walk.hits.set(event, { event, leaf, path, resource, steps });
}

function visitSequence(walk: Walk, place: Place): void {
  const node = place.node.items;
  if (node === undefined) return;
  for (const [index, event] of membersOf(walk.tree, place.event).entries()) {
    const path = `${place.path}[${index}]`;
    visit(walk, { ...place, event, node, path, resource: itemResource(place, node, index) });
  }
}

/** The documents of a ResourceList are its items. */
function itemResource({ resource }: Place, node: FieldNode, index: number): Resource {
  if (!node.resource || resource.kind !== 'ResourceList') return resource;
  return { ...resource, document: index };
}

/** Who the resource is decides what is looked for in it. */
function visitResource(walk: Walk, place: Place): void {
  const { tree, reading } = walk;
  const entries = entriesOf(tree, place.event);
  const resource = readIdentity(tree, entries.entries, place.resource.document, place.identity);
  const plan = reading.plans.planOf(resource.apiVersion, resource.kind);
  const node = plan.root;
  const source = { bytes: reading.bytes, tree, offset: walk.offset };
  walk.splits.push(...readSplits(source, resource, place.event, plan.split));
  visitEntries(walk, { ...place, node, path: '', resource, identity: plan.items }, entries);
}

function visitEntries(walk: Walk, place: Place, { entries, aliases }: Entries): void {
  const through = new Map(
    aliases.map((alias) => [alias, noteUse(walk.sharing, alias, place.node)]),
  );
  for (const { key, value, merged } of entries) {
    const node = childOf(place.node, key);
    if (node === undefined) continue;
    const path = place.path === '' ? key : `${place.path}${formatKey(key)}`;
    const steps = merged.flatMap((alias) => through.get(alias) ?? []);
    visit(walk, { ...place, event: value, node, path, steps: [...place.steps, ...steps] });
  }
}
