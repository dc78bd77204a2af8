import type { ImageOccurrence } from '@pindrift/documents';
import { compileRules, hasExpired, type LockEntry, lockKey } from '@pindrift/pin';
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
  const lines = found.text.split('\n');
  return found.lock.images.map((entry, at) => {
    const text = `${entry.image}@${entry.digest}`;
    const reference = parse(text);
    const rule = rules(text, reference && lockKey(reference));
    const ignored = rule !== undefined && !hasExpired(rule, today);
    const occurrence = lockOccurrence(found, entry, { at, lines, text });
    return { ...subject(occurrence, reference, ignored), locked: true };
  });
}

function lockOccurrence(
  { lock }: FoundLock,
  { image }: LockEntry,
  { at, lines, text }: { at: number; lines: readonly string[]; text: string },
): ImageOccurrence {
  const line = lines.findIndex((one) => /^\s*(-\s*)?image:/.test(one) && namesImage(one, image));
  return {
    file: lock.file,
    document: 0,
    apiVersion: 'pindrift.dev/v1alpha1',
    kind: 'ImageLock',
    namespace: '',
    name: lock.metadata?.name ?? '',
    path: `spec.images[${at}]`,
    line: Math.max(line, 0) + 1,
    column: line < 0 ? 1 : (lines[line] ?? '').indexOf(image) + 1,
    start: 0,
    end: 0,
    text,
    reference: text,
    finder: 'lock',
    confidence: 'high',
  };
}

function namesImage(line: string, image: string): boolean {
  const at = line.indexOf(image);
  return at >= 0 && /^['"]?\s*(#.*)?$/.test(line.slice(at + image.length).trimEnd());
}
