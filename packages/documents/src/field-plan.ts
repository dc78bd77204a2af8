import { createNode, type FieldNode, growKey, growPath } from './field-tree.ts';
import type { ImageField, SplitImage } from './image-field.ts';
import { HIDDEN_GROUPS, isServedGroup, neverHoldsImages } from './known-kinds.ts';
import { KUBERNETES_FIELDS } from './kubernetes-fields.ts';

/** What to look for in one kind of resource. */
export interface FieldPlan {
  readonly root: FieldNode;
  /** References in several fields. */
  readonly split: readonly SplitPlan[];
  /** For lists: what an item is that does not say so itself. */
  readonly items: Identity | undefined;
}

export interface SplitPlan extends SplitImage {
  readonly finder: string;
}

export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What to look for in all kinds. */
export interface FieldPlans {
  /** The plan of a kind; the same object each time it is asked. */
  readonly planOf: (apiVersion: string, kind: string) => FieldPlan;
  /** Groups, or core kinds, with images under keys without the word image in them. */
  readonly gateWords: readonly string[];
  /** True when a kind was asked for that only the table of custom resources could know. */
  readonly needsTable: () => boolean;
  /** Adds that table; plans that were made without it are made again. */
  readonly addTable: (custom: readonly ImageField[]) => void;
}

/** Where a PodSpec names images. */
const POD_SPEC = [
  'containers[*].image',
  'initContainers[*].image',
  'ephemeralContainers[*].image',
  'volumes[*].image.reference',
];

/**
 * Makes the plans of all kinds from the tables and the user's own rows, each kind when it is first
 * met. Without `custom`, the table of custom resources, `needsTable` says afterwards whether a kind
 * was asked for that could stand in it. Throws a `RangeError` for a path of a row that cannot be
 * read.
 */
export function createPlans(
  custom: readonly ImageField[] | undefined,
  fields: readonly ImageField[] = [],
): FieldPlans {
  const plans = new Map<string, Map<string, FieldPlan>>();
  let rows = indexRows(custom ?? [], fields);
  let hasTable = custom !== undefined;
  let needsTable = false;
  const planOf = (apiVersion: string, kind: string): FieldPlan => {
    const known = plans.get(apiVersion)?.get(kind);
    if (known !== undefined) return known;
    const group = groupOf(apiVersion);
    if (!hasTable && !isServedGroup(group)) needsTable = true;
    const plan = makePlan(apiVersion, kind, rows.get(`${group}/${kind}`) ?? []);
    const ofGroup = plans.get(apiVersion) ?? new Map<string, FieldPlan>();
    plans.set(apiVersion, ofGroup.set(kind, plan));
    return plan;
  };
  const addTable = (table: readonly ImageField[]): void => {
    plans.clear();
    rows = indexRows(table, fields);
    hasTable = true;
    needsTable = false;
  };
  const words = [...HIDDEN_GROUPS, ...gateWords(fields)];
  return { planOf, gateWords: words, needsTable: () => needsTable, addTable };
}

/** Groups, or kinds of the core group, of rows that name images under keys without the word image. */
export function gateWords(fields: readonly ImageField[]): string[] {
  const hidden = fields.filter(({ paths = [], split = [] }) =>
    [...paths, ...split.map(({ repository }) => repository)].some((path) => !path.includes('mage')),
  );
  return [...new Set(hidden.map(({ group, kind }) => group || kind))];
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

interface Row {
  readonly finder: string;
  readonly field: ImageField;
}

function indexRows(custom: readonly ImageField[], user: readonly ImageField[]): Map<string, Row[]> {
  const tables = { kubernetes: KUBERNETES_FIELDS, 'custom-resource': custom, fields: user };
  const index = new Map<string, Row[]>();
  for (const [finder, fields] of Object.entries(tables)) {
    for (const field of fields) {
      const key = `${field.group}/${field.kind}`;
      const rows = index.get(key);
      if (rows === undefined) index.set(key, [{ finder, field }]);
      else rows.push({ finder, field });
    }
  }
  return index;
}

function makePlan(apiVersion: string, kind: string, rows: readonly Row[]): FieldPlan {
  const group = groupOf(apiVersion);
  // kustomize takes lists without apiVersion apart like any other.
  if (kind === '' || (apiVersion === '' && !holdsAnything(kind))) return NOTHING;
  if (rows.length > 0) return planRows(rows);
  if (neverHoldsImages(group, kind)) return NOTHING;
  if (kind.endsWith('List')) return planList(apiVersion, kind);
  if (isServedGroup(group)) return NOTHING;
  return { root: looseRoot(), split: [], items: undefined };
}

function planRows(rows: readonly Row[]): FieldPlan {
  const root = identityRoot();
  for (const { finder, field } of rows) {
    for (const path of pathsOf(field)) {
      const node = growPath(root, path);
      const pattern = /\*/.test(path.replaceAll(/\[\*?\]/g, '')) ? undefined : path;
      node.leaf ??= { finder, confidence: 'high', pattern: pattern?.replaceAll('[]', '[*]') };
    }
  }
  return {
    root,
    split: rows.flatMap(({ finder, field }) =>
      (field.split ?? []).map((split) => ({ ...split, finder })),
    ),
    items: undefined,
  };
}

function pathsOf(field: ImageField): string[] {
  const inPods = (field.podSpecs ?? []).flatMap((spec) =>
    POD_SPEC.map((path) => `${spec}.${path}`),
  );
  return [...(field.paths ?? []), ...inPods];
}

/** `List` and `ResourceList` hold anything; the items of a `PodList` are Pods, said or not. */
function planList(apiVersion: string, kind: string): FieldPlan {
  const root = identityRoot();
  const item = growPath(root, 'items[*]');
  growResource(item);
  const itemKind = holdsAnything(kind) ? '' : kind.slice(0, -'List'.length);
  return { root, split: [], items: itemKind === '' ? undefined : { apiVersion, kind: itemKind } };
}

function holdsAnything(kind: string): boolean {
  return kind === 'List' || kind === 'ResourceList';
}

function looseRoot(): FieldNode {
  const root = identityRoot();
  root.loose = true;
  growKey(root, 'status');
  return root;
}

/** The root of any resource, of which only who it is has been asked for. */
export function identityRoot(): FieldNode {
  return growResource(createNode());
}

function growResource(root: FieldNode): FieldNode {
  root.resource = true;
  growKey(root, 'apiVersion').role = 'apiVersion';
  growKey(root, 'kind').role = 'kind';
  const metadata = growKey(root, 'metadata');
  growKey(metadata, 'name').role = 'name';
  growKey(metadata, 'namespace').role = 'namespace';
  growKey(growKey(metadata, 'annotations'), 'pindrift.dev/ignore').role = 'ignore';
  return root;
}

const NOTHING: FieldPlan = { root: identityRoot(), split: [], items: undefined };
