import type { ImageField } from './image-field.ts';
import { createImages, type Images } from './images.ts';
import { readFast } from './read-fast.ts';
import { readLeftovers } from './read-leftovers.ts';
import type { Reading } from './reading.ts';
import { asBuffer, startReading } from './start-reading.ts';

export interface ReadOptions {
  /** Name of the text in occurrences and problems; default `-`. */
  readonly file?: string;
  /** Image fields of the user, besides those that are known. */
  readonly fields?: readonly ImageField[];
  /**
   * Read what is no YAML once more with its templates taken out, as files of Helm charts need it;
   * default false: what is rendered has no templates.
   */
  readonly templates?: boolean;
}

/**
 * The same as {@link findImages} for those in a hurry: the full YAML parser and the table of custom
 * resources are loaded only when the text needs them, and nothing about a site is computed before
 * it is asked for.
 */
export async function readImages(
  text: Uint8Array | string,
  options: ReadOptions = {},
): Promise<Images> {
  const { file = '-' } = options;
  const bytes = asBuffer(text);
  const reading = await read(bytes, options, undefined);
  if (!reading.plans.needsTable()) return createImages(reading, file);
  const { CUSTOM_RESOURCES } = await import('./custom-resources.ts');
  return createImages(await read(bytes, options, CUSTOM_RESOURCES), file);
}

async function read(
  bytes: Buffer,
  { fields = [], templates = false }: ReadOptions,
  custom: readonly ImageField[] | undefined,
): Promise<Reading> {
  const reading = startReading(bytes, { custom, fields, tolerant: templates });
  const leftovers = readFast(reading);
  if (leftovers.length > 0 && !reading.plans.needsTable()) {
    readLeftovers(reading, leftovers, await import('./read-exact.ts'));
  }
  return reading;
}
