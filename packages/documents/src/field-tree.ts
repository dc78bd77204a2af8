import { type PathStep, parseFieldPath } from './field-path.ts';
import type { Confidence } from './occurrence.ts';

/** What a scalar says about the resource it stands in. */
export type Role = 'apiVersion' | 'kind' | 'name' | 'namespace' | 'ignore';

/** A scalar at this place is a reference. */
export interface FieldLeaf {
  readonly finder: string;
  readonly confidence: Confidence;
  /**
   * The path with `[*]` for each list, when these are its only wildcards: the path of an image is
   * then the pattern with the indices filled in. Otherwise the readers write the path themselves.
   */
  readonly pattern: string | undefined;
}

/** One place of a resource on the way to its image fields; a place without a node holds none. */
export interface FieldNode {
  readonly keys: FieldKey[];
  values: FieldNode | undefined;
  items: FieldNode | undefined;
  leaf: FieldLeaf | undefined;
  role: Role | undefined;
  /** A mapping at this place is a resource of its own. */
  resource: boolean;
  /** Look for keys that name an image at any depth below. */
  loose: boolean;
}

interface FieldKey {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly node: FieldNode;
}

export function createNode(): FieldNode {
  return {
    keys: [],
    values: undefined,
    items: undefined,
    leaf: undefined,
    role: undefined,
    resource: false,
    loose: false,
  };
}

/** The node that a path leads to from `root`; what is missing on the way is added. */
export function growPath(root: FieldNode, path: string): FieldNode {
  return parseFieldPath(path).reduce(grow, root);
}

function grow(node: FieldNode, step: PathStep): FieldNode {
  if (step.step === 'key') return growKey(node, step.key);
  const member = step.step === 'items' ? 'items' : 'values';
  const child = node[member] ?? createNode();
  node[member] = child;
  return child;
}

/** The child of `node` under `key`, added where it is missing. */
export function growKey(node: FieldNode, key: string): FieldNode {
  const known = node.keys.find((entry) => entry.text === key);
  if (known !== undefined) return known.node;
  const added = { text: key, bytes: Buffer.from(key), node: createNode() };
  node.keys.push(added);
  return added.node;
}

/** The node of a mapping's value, by its key; undefined where nothing below can be an image. */
export function childOf(node: FieldNode, key: string): FieldNode | undefined {
  for (const entry of node.keys) if (entry.text === key) return entry.node;
  if (node.loose) return isImageKey(key) ? LOOSE_IMAGE : LOOSE;
  return node.values;
}

/** The same for a key that is still bytes: nothing is decoded and nothing allocated. */
export function childOfBytes(
  node: FieldNode,
  bytes: Uint8Array,
  start: number,
  end: number,
): FieldNode | undefined {
  const keys = node.keys;
  for (let at = 0; at < keys.length; at++) {
    const entry = keys[at] as FieldKey;
    if (sameBytes(entry.bytes, bytes, start, end)) return entry.node;
  }
  if (!node.loose) return node.values;
  return isImageKey(Buffer.from(bytes.subarray(start, end)).toString('latin1'))
    ? LOOSE_IMAGE
    : LOOSE;
}

/** True where the bytes from `start` to `end` are the wanted ones. */
export function sameBytes(
  wanted: Uint8Array,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const length = end - start;
  if (wanted.length !== length) return false;
  for (let at = 0; at < length; at++) if (wanted[at] !== bytes[start + at]) return false;
  return true;
}

/** `image`, `sidecarImage`, `imageName`, `worker_image_uri`: a guess, never edited. */
function isImageKey(key: string): boolean {
  return (
    /^(?:image|.*[a-z0-9]Image|.*[_-]image)(?:[_-]?(?:name|ref|ur[il]))?$/i.test(key) &&
    !/[a-z]image/.test(key)
  );
}

/** Everywhere below a resource of which nothing is known. */
export const LOOSE: FieldNode = { ...createNode(), loose: true };
LOOSE.items = LOOSE;

const LOOSE_IMAGE: FieldNode = {
  ...createNode(),
  loose: true,
  items: LOOSE,
  leaf: { finder: 'custom-resource', confidence: 'low', pattern: undefined },
};
