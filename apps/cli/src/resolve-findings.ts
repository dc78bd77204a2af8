import {
  entryFor,
  type Finding,
  isFullVersion,
  type Lock,
  lockKey,
  type Remark,
} from '@pindrift/pin';
import type { ImageReference } from '@pindrift/reference';
import type { Answer } from './ask-registries.ts';
import { entryFinding, type LockText } from './entry-finding.ts';
import { isLayout } from './layouts.ts';
import { typedFinding } from './typed-finding.ts';

/** One question, its answer, and what the lock says about it. */
export interface Asked {
  readonly reference: ImageReference;
  readonly answer: Answer;
}

/** The lock that answers are held against, and the text that findings about it point into. */
export interface HeldAgainst {
  readonly lock: Lock;
  readonly text: LockText;
}

/**
 * What is wrong with what was asked for: `dangling`, `unresolvable`, and where the lock holds another
 * digest for the same name and tag, `stale`, or `republished` for a tag that is a full version. It
 * points at the entry of the lock, where there is one.
 */
export function resolveFindings(
  asked: readonly Asked[],
  against: HeldAgainst | undefined,
): Finding[] {
  return asked.flatMap(({ reference, answer }) => {
    const image = isLayout(reference.text) ? reference.text : lockKey(reference);
    const entry = against && entryFor(against.lock, image);
    const digest = reference.digest === undefined ? entry?.digest : undefined;
    const remark = remarkOn(image, answer, digest);
    if (remark === undefined) return [];
    const locked = against !== undefined && digest !== undefined;
    return [locked ? entryFinding(image, against.text, remark) : typedFinding(reference, remark)];
  });
}

/** `digest` is what the lock holds for it. */
function remarkOn(image: string, answer: Answer, digest: string | undefined): Remark | undefined {
  if (answer.kind !== 'resolved') {
    const help =
      answer.kind === 'dangling' ? 'correct the reference, or push the image' : 'pindrift doctor';
    return { code: answer.kind, says: answer.reason, help };
  }
  const { digest: named } = answer.resolved;
  if (digest === undefined || digest === named) return undefined;
  const says = `${image} is pinned to ${digest}, and the tag now names ${named}`;
  const update = `pindrift lock --update ${image}`;
  if (!isFullVersion(image)) return { code: 'stale', says, help: update, expected: named };
  const help = `compare both: pindrift manifest ${image}; then, if it is meant: ${update}`;
  return {
    code: 'republished',
    says: `${says}, although it is a full version`,
    help,
    expected: named,
  };
}
