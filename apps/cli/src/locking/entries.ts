import type { Finding, FindingCode, LockEntry } from '@pindrift/pin';
import type { Answer } from '../ask-registries.ts';
import type { Question } from './plan-lock.ts';

export interface Answers {
  readonly entries: readonly LockEntry[];
  /** One for each image that got none, at the place that names it. */
  readonly failures: readonly Finding[];
}

/** What the registries said, as entries of a lock, and as findings where they gave no digest. */
export function readAnswers(
  questions: readonly Question[],
  answers: readonly Answer[],
  lockFile: string,
): Answers {
  const entries: LockEntry[] = [];
  const failures: Finding[] = [];
  questions.forEach((question, at) => {
    const answer = answers[at];
    if (answer?.kind === 'resolved') entries.push(entryOf(question.image, answer));
    else if (answer !== undefined) failures.push(failureOf(question, answer, lockFile));
  });
  return { entries, failures };
}

/** The finding of a frozen run about an image that the lock lacks. */
export function missingEntry(question: Question, lockFile: string): Finding {
  const says = `has no entry in ${lockFile}`;
  return imageFinding(question, lockFile, { code: 'not-locked', says, help: 'pindrift lock' });
}

function entryOf(image: string, answer: Extract<Answer, { kind: 'resolved' }>): LockEntry {
  const { digest, mediaType } = answer.resolved;
  const { platforms = [] } = answer;
  return { image, digest, mediaType, ...(platforms.length > 0 && { platforms }) };
}

function failureOf(
  question: Question,
  { kind, reason }: Exclude<Answer, { kind: 'resolved' }>,
  lockFile: string,
): Finding {
  const help = kind === 'dangling' ? 'correct the reference, or push the image' : 'pindrift doctor';
  return imageFinding(question, lockFile, { code: kind, says: reason, help });
}

interface Said {
  readonly code: FindingCode;
  readonly says: string;
  readonly help: string;
}

/** At the place in a text that names the image, or at the lock where only that does. */
function imageFinding({ image, place }: Question, lockFile: string, said: Said): Finding {
  const { file, line, column } = place ?? { file: lockFile, line: 1, column: 1 };
  return {
    code: said.code,
    severity: 'error',
    message: `${file}:${line}:${column}: ${image}: ${said.says}`,
    help: said.help,
    file,
    line,
    column,
    document: place?.document ?? 0,
    apiVersion: place?.apiVersion ?? 'pindrift.dev/v1alpha1',
    kind: place?.kind ?? 'ImageLock',
    namespace: place?.namespace ?? '',
    name: place?.name ?? '',
    path: place?.path ?? 'spec.images',
    text: place?.text ?? '',
    reference: image,
  };
}
