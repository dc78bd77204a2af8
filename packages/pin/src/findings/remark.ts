import type { ImageOccurrence } from '@pindrift/documents';
import type { Decision, Invalid, Mismatch, Missing, Unresolved } from '../decide.ts';
import type { Remark } from './finding-of.ts';
import { shown } from './place.ts';
import { shellWord } from './shell.ts';

/** What the remarks need to know beside the decision. */
export interface RemarkContext {
  readonly file: string;
  readonly lockFile: string | undefined;
  /** The command that adds to the lock what this text names. */
  readonly lockCommand: string;
  /** A file as a command names it. */
  readonly word: (file: string) => string;
}

/** The remark about a reference that cannot be pinned, or that is not what the lock says. */
export function remarkOn(
  decision: Missing | Mismatch | Unresolved | Invalid,
  occurrence: ImageOccurrence,
  context: RemarkContext,
): Remark {
  const text = shown(occurrence.text);
  switch (decision.kind) {
    case 'missing':
      return {
        code: 'not-locked',
        says: `${text} has no entry in ${context.lockFile ?? 'the lock, as there is none'}`,
        help: context.lockCommand,
      };
    case 'mismatch':
      return {
        code: 'mismatch',
        says: `${text} is not what ${context.lockFile ?? 'the lock'} says: ${decision.expected}`,
        help: `take the lock's: ${moveCommand(context)}; or move the lock: ${updateCommand(context, decision.key)}`,
        expected: decision.expected,
      };
    case 'unresolved':
      return {
        code: decision.code,
        says: `${text}: ${decision.reason}`,
        help: `pindrift resolve ${shellWord(decision.key)}`,
      };
    case 'invalid':
      return { code: 'unreadable', says: decision.reason, help: 'correct the reference' };
  }
}

/** The remark of `check` about a reference without a digest. */
export function unpinnedRemark(
  decision: Extract<Decision, { kind: 'pin' | 'missing' | 'unresolved' }>,
  occurrence: ImageOccurrence,
  context: RemarkContext,
): Remark {
  const text = shown(occurrence.text);
  const lock = context.lockFile === undefined ? '' : ` --lock ${context.word(context.lockFile)}`;
  if (decision.kind === 'pin') {
    const path = context.file === '-' ? '-' : `--write ${context.word(context.file)}`;
    return {
      code: 'unpinned',
      says: `${text} has no digest; ${context.lockFile ?? 'the lock'} knows it`,
      help: `pindrift pin${lock} ${path}`,
      expected: decision.digest,
    };
  }
  return { code: 'unpinned', says: `${text} has no digest`, help: context.lockCommand };
}

/** What takes the lock's digest over, in the file that names another: a stream comes out of one. */
function moveCommand({ file, lockFile, word }: RemarkContext): string {
  if (file === '-') return 'pindrift pin --update --write PATH';
  const lock = lockFile === undefined ? '' : ` --lock ${word(lockFile)}`;
  return `pindrift pin${lock} --update --write ${word(file)}`;
}

/** The command may stand in parentheses, behind a `cd`. */
function updateCommand({ lockCommand }: RemarkContext, key: string): string {
  const update = ` --update ${shellWord(key)}`;
  if (!lockCommand.endsWith(')')) return `${lockCommand}${update}`;
  return `${lockCommand.slice(0, -1)}${update})`;
}

/** `pindrift lock --lock images.lock.yaml deploy.yaml`, as far as it is known what to name. */
export function defaultLockCommand(
  file: string,
  lockFile: string | undefined,
  word: (file: string) => string,
): string {
  const lock = lockFile === undefined ? '' : ` --lock ${word(lockFile)}`;
  if (file !== '-') return `pindrift lock${lock} ${word(file)}`;
  return `pindrift lock${lock} --render 'COMMAND THAT RENDERS THIS'`;
}
