import type { ImageOccurrence } from '@pindrift/documents';
import type { EntryPlace } from './entry-places.ts';
import type { Lock } from './lock.ts';
import { API_VERSION } from './lock-shape.ts';

/** Where the entries are, while nobody knows where the one that is meant stands. */
const NO_PLACE: EntryPlace = { path: 'spec.images', line: 1, column: 1 };

/**
 * An entry of a lock as an occurrence, for findings about it. `text` is what it says, a canonical
 * reference; nothing is ever edited there, so it has no range of bytes.
 */
export function entryOccurrence(
  { file, metadata }: Pick<Lock, 'file' | 'metadata'>,
  text: string,
  place: EntryPlace = NO_PLACE,
): ImageOccurrence {
  const { path, line, column } = place;
  return {
    file,
    document: 0,
    apiVersion: API_VERSION,
    kind: 'ImageLock',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    path,
    line,
    column,
    start: 0,
    end: 0,
    text,
    reference: text,
    finder: 'lock',
    confidence: 'high',
  };
}
