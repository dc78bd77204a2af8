import type { ImageField } from './image-field.ts';
import { createImages, type Images } from './images.ts';
import { readFast } from './read-fast.ts';
import { type Leftover, readLeftovers } from './read-leftovers.ts';
import type { Part, Reading } from './reading.ts';
import { asBuffer, startDocuments, startReading } from './start-reading.ts';

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
  const { file = '-', fields = [], templates = false } = options;
  const bytes = asBuffer(text);
  const reading = startReading(bytes, { custom: undefined, fields, tolerant: templates });
  const { leftovers, waiting } = readFast(reading, startDocuments(reading));
  if (leftovers.length + waiting.length > 0) await readSlowly(reading, leftovers, waiting);
  return createImages(reading, file);
}

async function readSlowly(
  reading: Reading,
  leftovers: readonly Leftover[],
  waiting: readonly Part[],
): Promise<void> {
  const { CUSTOM_RESOURCES } = await import('./custom-resources.ts');
  reading.plans.addTable(CUSTOM_RESOURCES);
  const all = [...leftovers, ...readFast(reading, waiting).leftovers];
  if (all.length > 0) readLeftovers(reading, all, await import('./read-exact.ts'));
}
