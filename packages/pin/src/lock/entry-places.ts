import type { Position } from '../shape/position.ts';
import { isMapping } from '../shape/shape.ts';

/** Where the name of an entry stands in the text of its lock. */
export interface EntryPlace extends Position {
  /** `spec.images[3].image` */
  readonly path: string;
}

/**
 * Where each entry of a lock stands, by the name that it is looked up under: what a finding about it
 * points at, inside of quotes. Loads the YAML library, as a lock that was read without one has no
 * positions.
 *
 * Throws `PinError` `bad-lock` where the text is no YAML.
 */
export async function entryPlaces(
  text: string,
  file: string,
): Promise<ReadonlyMap<string, EntryPlace>> {
  const { readYaml } = await import('../shape/yaml-source.ts');
  const { value, at } = readYaml(text, file, 'bad-lock');
  const lines = text.split('\n');
  const places = new Map<string, EntryPlace>();
  for (const [index, entry] of entriesOf(value).entries()) {
    if (!isMapping(entry) || typeof entry.image !== 'string') continue;
    const { line, column } = at(['spec', 'images', index, 'image'], 'value');
    const quoted = /["']/.test(lines[line - 1]?.[column - 1] ?? '');
    const path = `spec.images[${index}].image`;
    places.set(entry.image, { line, column: quoted ? column + 1 : column, path });
  }
  return places;
}

function entriesOf(value: unknown): readonly unknown[] {
  const spec = isMapping(value) ? value.spec : undefined;
  const images = isMapping(spec) ? spec.images : undefined;
  return Array.isArray(images) ? images : [];
}
