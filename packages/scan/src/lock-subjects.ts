import type { ImageOccurrence } from '@pindrift/documents';
import { compileRules, type EntryPlace, entryPlaces, hasExpired, lockKey } from '@pindrift/pin';
import { createParser, type Subject, subject } from './subject.ts';
import type { FoundLock } from './surroundings.ts';

export interface LockSubjectOptions {
  /** Rules of the scan; those of the lock and of the configuration beside it hold as well. */
  readonly ignore: FoundLock['ignore'];
  /** The date that ignores are held against, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The subjects of a lock: each entry, at the line where it stands in the text. */
export async function lockSubjects(
  found: FoundLock,
  { ignore, today }: LockSubjectOptions,
): Promise<readonly Subject[]> {
  const rules = await compileRules([...ignore, ...found.ignore, ...(found.lock.ignore ?? [])]);
  const parse = createParser();
  const places = await entryPlaces(found.text, found.lock.file);
  return found.lock.images.map((entry) => {
    const text = `${entry.image}@${entry.digest}`;
    const reference = parse(text);
    const rule = rules(text, reference && lockKey(reference));
    const ignored = rule !== undefined && !hasExpired(rule, today);
    const occurrence = lockOccurrence(found, text, places.get(entry.image));
    return { ...subject(occurrence, reference, ignored), locked: true };
  });
}

function lockOccurrence(
  { lock }: FoundLock,
  text: string,
  { path, line, column }: EntryPlace = { path: 'spec.images', line: 1, column: 1 },
): ImageOccurrence {
  return {
    file: lock.file,
    document: 0,
    apiVersion: 'pindrift.dev/v1alpha1',
    kind: 'ImageLock',
    namespace: '',
    name: lock.metadata?.name ?? '',
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
