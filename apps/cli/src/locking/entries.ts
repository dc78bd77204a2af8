import {
  type Finding,
  findingOf,
  type LockEntry,
  type PinnedImage,
  type Remark,
} from '@pindrift/pin';
import type { Answer } from '../ask-registries.ts';
import { entryFinding, readLockText } from '../entry-finding.ts';
import type { Question } from './plan-lock.ts';

export interface Answers {
  readonly entries: readonly LockEntry[];
  /** One for each image that got none. */
  readonly failures: readonly Failure[];
}

/** An image that got no entry, or whose entry could not be brought up to date, and why. */
export interface Failure {
  readonly question: Question;
  readonly remark: Remark;
}

/** What the registries said, as entries of a lock, and as failures where they gave no digest. */
export function readAnswers(questions: readonly Question[], answers: readonly Answer[]): Answers {
  const entries: LockEntry[] = [];
  const failures: Failure[] = [];
  questions.forEach((question, at) => {
    const answer = answers[at];
    if (answer?.kind === 'resolved') entries.push(entryOf(question.image, answer));
    else if (answer !== undefined) failures.push(failureOf(question, answer));
  });
  return { entries, failures };
}

/** What a frozen run has to say about an image that the lock lacks. */
export function missingEntry(question: Question, lockFile: string): Failure {
  const says = `has no entry in ${lockFile}`;
  return { question, remark: { code: 'not-locked', says, help: 'pindrift lock' } };
}

/**
 * The failures as findings: at the place in a text that names the image, or at the entry where only
 * the lock does. Looks where entries stand now, so call it when the lock has been written.
 */
export async function failureFindings(
  failures: readonly Failure[],
  lockFile: string,
): Promise<Finding[]> {
  if (failures.length === 0) return [];
  const lock = await readLockText(lockFile);
  return failures.map(({ question: { image, place }, remark }) =>
    place === undefined
      ? entryFinding(image, lock, { ...remark, severity: 'error' })
      : placeFinding(image, place, remark),
  );
}

function entryOf(image: string, answer: Extract<Answer, { kind: 'resolved' }>): LockEntry {
  const { digest, mediaType } = answer.resolved;
  const { platforms = [] } = answer;
  return { image, digest, mediaType, ...(platforms.length > 0 && { platforms }) };
}

function failureOf(
  question: Question,
  { kind, reason }: Exclude<Answer, { kind: 'resolved' }>,
): Failure {
  const help = kind === 'dangling' ? 'correct the reference, or push the image' : 'pindrift doctor';
  return { question, remark: { code: kind, says: reason, help } };
}

function placeFinding(image: string, place: PinnedImage, remark: Remark): Finding {
  const message = `${place.file}:${place.line}:${place.column}: ${image}: ${remark.says}`;
  return { ...findingOf(place, { ...remark, severity: 'error' }), message, reference: image };
}
