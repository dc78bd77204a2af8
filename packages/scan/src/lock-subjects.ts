import { compileRules, entryOccurrence, entryPlaces, hasExpired, lockKey } from '@pindrift/pin';
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
    const occurrence = entryOccurrence(found.lock, text, places.get(entry.image));
    return { ...subject(occurrence, reference, ignored), locked: true };
  });
}
