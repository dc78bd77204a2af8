import { BadDocument } from './bad-document.ts';
import { CUSTOM_RESOURCES } from './custom-resources.ts';
import type { ImageField } from './image-field.ts';
import { createImages } from './images.ts';
import type { ImageOccurrence } from './occurrence.ts';
import type { Problem } from './problem.ts';
import * as exactReader from './read-exact.ts';
import { readFast } from './read-fast.ts';
import { readLeftovers } from './read-leftovers.ts';
import { asBuffer, startDocuments, startReading } from './start-reading.ts';

export interface FindOptions {
  /** Name of the text in occurrences and problems; default `-`. */
  readonly file?: string;
  /** Image fields of the user, besides those that are known. */
  readonly fields?: readonly ImageField[];
  /** Told what is wrong; the rest is still reported. Without it an unreadable part is an error. */
  readonly onProblem?: (problem: Problem) => void;
}

/**
 * All images of a stream of Kubernetes resources, in the order of the text: YAML or JSON, lists and
 * ResourceLists included. In a template file the images that are written out are found too.
 *
 * Throws `BadDocument` for the first part that cannot be read, unless `onProblem` takes it, and a
 * `RangeError` for a field path that makes no sense.
 */
export function findImages(
  text: Uint8Array | string,
  options: FindOptions = {},
): ImageOccurrence[] {
  const { file = '-', fields = [], onProblem } = options;
  const reading = startReading(asBuffer(text), {
    custom: CUSTOM_RESOURCES,
    fields,
    tolerant: true,
  });
  const { leftovers } = readFast(reading, startDocuments(reading));
  readLeftovers(reading, leftovers, exactReader);
  const images = createImages(reading, file);
  for (const problem of images.unreadable) {
    if (onProblem === undefined) throw new BadDocument(problem);
    onProblem(problem);
  }
  return images.sites.map((site) => {
    const problem = onProblem && images.problemOf(site);
    if (problem !== undefined) onProblem?.(problem);
    return problem?.occurrence ?? images.describe(site);
  });
}
