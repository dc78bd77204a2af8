import type { ItemPart, Part, Reading } from './reading.ts';

/** The reader of YAML's full grammar, which is loaded only when it is needed. */
export interface ExactReader {
  readonly readExactly: (reading: Reading, part: Part) => void;
  readonly readItemExactly: (reading: Reading, item: ItemPart) => boolean;
}

/** A document of which the fast reader left something over: all of it, or single items of its list. */
export interface Leftover extends Part {
  readonly items: readonly ItemPart[];
}

/** Reads what the fast reader left over. An item that cannot be read alone takes its document along. */
export function readLeftovers(
  reading: Reading,
  leftovers: readonly Leftover[],
  reader: ExactReader,
): void {
  for (const leftover of leftovers) {
    const { items } = leftover;
    const alone = items.length > 0 && items.every((item) => reader.readItemExactly(reading, item));
    if (alone) continue;
    if (items.length > 0) dropSites(reading, leftover);
    reader.readExactly(reading, leftover);
  }
}

function dropSites({ sites }: Reading, { start, end }: Part): void {
  const kept = sites.filter((site) => site.end <= start || site.start >= end);
  if (kept.length < sites.length) sites.splice(0, sites.length, ...kept);
}
