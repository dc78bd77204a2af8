import type { LockChange } from '@pindrift/pin';
import type { Style } from './color.ts';
import { shortDigest } from './place.ts';
import { formatTable, type Layout } from './table.ts';

/** One row per entry that changed or could; empty text where all are unchanged. Digests are shortened. */
export function changesTable(changes: readonly LockChange[], layout: Layout = {}): string {
  const rows = changes
    .filter(({ change }) => change !== 'unchanged')
    .map(({ change, image, from = '', to = '' }) => [
      { text: change, style: CHANGE_STYLE[change] },
      { text: image },
      { text: shortDigest(from) },
      { text: shortDigest(to) },
    ]);
  return formatTable(['CHANGE', 'IMAGE', 'FROM', 'TO'], rows, layout);
}

const CHANGE_STYLE: Readonly<Record<LockChange['change'], Style>> = {
  added: 'green',
  updated: 'yellow',
  removed: 'red',
  kept: 'yellow',
  unchanged: 'dim',
};
