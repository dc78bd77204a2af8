import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlSource } from '../shape/yaml-source.ts';
import type { LockEntry } from './lock.ts';

/**
 * The text with `wanted` as its entries by way of the YAML library, for lists in a layout that
 * cannot be spliced: comments and order of entries that stay are kept, spacing may change. Undefined
 * where there is no list.
 */
export function reviseList(
  { document }: YamlSource,
  wanted: readonly LockEntry[],
): string | undefined {
  const copy = document.clone();
  const list = copy.getIn(['spec', 'images'], true);
  if (!isSeq(list)) return undefined;
  const goal = new Map(wanted.map((entry) => [entry.image, entry]));
  list.items = list.items.filter((item) => {
    const entry = isMap(item) ? goal.get(imageOf(item)) : undefined;
    if (entry === undefined) return false;
    goal.delete(entry.image);
    changeFields(item as YAMLMap, entry);
    return true;
  });
  for (const entry of goal.values()) {
    list.items.splice(placeFor(list, entry), 0, copy.createNode(entry));
  }
  return copy.toString({ lineWidth: 0 });
}

/** The same with nothing kept of the list: for aliases and merge keys in it. */
export function replaceList({ document }: YamlSource, wanted: readonly LockEntry[]): string {
  const copy = document.clone();
  if (!isMap(copy.get('spec', true))) copy.set('spec', copy.createNode({}));
  const images = copy.createNode(wanted);
  copy.setIn(['spec', 'images'], images);
  return copy.toString({ lineWidth: 0 });
}

function changeFields(item: YAMLMap, entry: LockEntry): void {
  const before = item.toJSON() as LockEntry;
  for (const key of ['digest', 'mediaType', 'platforms'] as const) {
    if (JSON.stringify(before[key]) === JSON.stringify(entry[key])) continue;
    if (entry[key] === undefined) item.delete(key);
    else item.set(key, entry[key]);
  }
}

/** Before the first entry that comes behind it in a sorted list, or at the end. */
function placeFor({ items }: YAMLSeq, { image }: LockEntry): number {
  const images = items.map((item) => (isMap(item) ? imageOf(item) : ''));
  const sorted = images.every((name, at) => at === 0 || (images[at - 1] ?? '') <= name);
  const next = sorted ? images.findIndex((name) => image < name) : -1;
  return next < 0 ? items.length : next;
}

function imageOf(item: YAMLMap): string {
  return String(item.get('image'));
}
