import {
  entryFor,
  FINDING_CODES,
  type Finding,
  type FindingCode,
  type Lock,
  lockKey,
} from '@pindrift/pin';
import type { ImageReference } from '@pindrift/reference';
import type { Answer } from './ask-registries.ts';

/** One question, its answer, and what the lock says about it. */
export interface Asked {
  readonly reference: ImageReference;
  readonly answer: Answer;
}

/**
 * What is wrong with what was asked for: `dangling`, `unresolvable`, or `stale` where the lock holds
 * another digest for the same name and tag.
 */
export function resolveFindings(asked: readonly Asked[], lock: Lock | undefined): Finding[] {
  return asked.flatMap(({ reference, answer }) => {
    if (answer.kind !== 'resolved') {
      const help =
        answer.kind === 'dangling' ? 'correct the reference, or push the image' : 'pindrift doctor';
      return [findingAbout(reference, lock, { code: answer.kind, says: answer.reason, help })];
    }
    if (lock === undefined || reference.digest !== undefined) return [];
    const entry = entryFor(lock, lockKey(reference));
    if (entry === undefined || entry.digest === answer.resolved.digest) return [];
    const says = `${lock.file} pins ${entry.digest}, and the tag now names ${answer.resolved.digest}`;
    const help = `pindrift lock --update ${lockKey(reference)}`;
    return [findingAbout(reference, lock, { code: 'stale', says, help, expected: entry.digest })];
  });
}

interface Said {
  readonly code: FindingCode;
  readonly says: string;
  readonly help: string;
  readonly expected?: string;
}

/** There is no file and no line: the reference was typed, or stands somewhere in the lock. */
function findingAbout(reference: ImageReference, lock: Lock | undefined, said: Said): Finding {
  const { code, says, help, expected } = said;
  return {
    code,
    severity: FINDING_CODES[code].severity,
    message: `${reference.text}: ${says}`,
    help,
    file: lock?.file ?? '-',
    line: 1,
    column: 1,
    document: 0,
    apiVersion: '',
    kind: '',
    namespace: '',
    name: '',
    path: '',
    text: reference.text,
    reference: lockKey(reference),
    ...(expected !== undefined && { expected }),
  };
}
