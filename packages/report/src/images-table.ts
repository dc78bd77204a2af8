import type { ImageOccurrence } from '@pindrift/documents';
import type { PinnedImage } from '@pindrift/pin';
import type { Style } from './color.ts';
import { formatPlace, formatResource, shortDigest } from './place.ts';
import { type Cell, formatTable, type Layout } from './table.ts';

/**
 * One row per image: where it is named, what it is, how it stands, and in which resource. Digests are
 * shortened where the width is limited. Empty text where there are no images.
 */
export function imagesTable(
  images: readonly (ImageOccurrence | PinnedImage)[],
  layout: Layout = {},
): string {
  const heads = ['PLACE', 'IMAGE', 'STATE', 'RESOURCE'];
  const rows = images.map((image) => row(image, layout.width !== undefined));
  return formatTable(heads, rows, layout);
}

function row(image: ImageOccurrence | PinnedImage, narrow: boolean): readonly Cell[] {
  const state = stateOf(image);
  const note = image.confidence === 'low' ? ' (a guess)' : '';
  return [
    { text: formatPlace(image) },
    { text: narrow ? shortDigest(image.text) : image.text },
    { text: `${state}${note}`, style: STATE_STYLE[state] },
    { text: formatResource(image) },
  ];
}

type State =
  | 'pinned'
  | 'moved'
  | 'already pinned'
  | 'ignored'
  | 'unpinned'
  | 'has digest'
  | 'no digest'
  | 'no reference';

function stateOf(image: ImageOccurrence | PinnedImage): State {
  if ('outcome' in image) return OUTCOME_STATE[image.outcome];
  if (image.reference === undefined) return 'no reference';
  return image.reference.includes('@') ? 'has digest' : 'no digest';
}

const OUTCOME_STATE: Readonly<Record<PinnedImage['outcome'], State>> = {
  pinned: 'pinned',
  moved: 'moved',
  already: 'already pinned',
  ignored: 'ignored',
  kept: 'unpinned',
};

const STATE_STYLE: Readonly<Record<State, Style>> = {
  pinned: 'green',
  moved: 'green',
  'already pinned': 'green',
  'has digest': 'green',
  unpinned: 'red',
  'no digest': 'red',
  'no reference': 'yellow',
  ignored: 'dim',
};
