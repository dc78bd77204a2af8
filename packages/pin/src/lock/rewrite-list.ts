import { isMap } from 'yaml';
import type { YamlSource } from '../shape/yaml-source.ts';
import type { LockEntry } from './lock.ts';

/**
 * The text with `wanted` as its entries by way of the YAML library, for lists in a layout that
 * cannot be spliced: comments stay, spacing may change.
 */
export function rewriteList({ document }: YamlSource, wanted: readonly LockEntry[]): string {
  const copy = document.clone();
  if (!isMap(copy.get('spec', true))) copy.set('spec', copy.createNode({}));
  const images = copy.createNode(wanted);
  copy.setIn(['spec', 'images'], images);
  return copy.toString({ lineWidth: 0 });
}
