import type { Position } from '../shape/position.ts';
import { isMapping } from '../shape/shape.ts';

/** Where the name of an entry stands in the text of its lock. */
export interface EntryPlace extends Position {
  /** `spec.images[3].image` */
  readonly path: string;
}

/**
 * Where each entry of a lock stands, by the name that it is looked up under: what a finding about it
 * points at. Loads the YAML library, as a lock that was read without one has no positions.
 *
 * Throws `PinError` `bad-lock` where the text is no YAML.
 */
export async function entryPlaces(
  text: string,
  file: string,
): Promise<ReadonlyMap<string, EntryPlace>> {
  const { readYaml } = await import('../shape/yaml-source.ts');
  const { value, at } = readYaml(text, file, 'bad-lock');
  const places = new Map<string, EntryPlace>();
  for (const [index, entry] of entriesOf(value).entries()) {
    if (!isMapping(entry) || typeof entry.image !== 'string') continue;
    const position = at(['spec', 'images', index, 'image'], 'value');
    places.set(entry.image, { ...position, path: `spec.images[${index}].image` });
  }
  return places;
}

function entriesOf(value: unknown): readonly unknown[] {
  const spec = isMapping(value) ? value.spec : undefined;
  const images = isMapping(spec) ? spec.images : undefined;
  return Array.isArray(images) ? images : [];
}
