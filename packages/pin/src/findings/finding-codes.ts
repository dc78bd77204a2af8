import type { FindingCode, Severity } from './finding.ts';

/** What is known of one finding code, wherever it is found. */
export interface FindingExplanation {
  /** A few words, as a heading. */
  readonly title: string;
  /** What it means, in whole sentences. */
  readonly meaning: string;
  /** How to mend it, in whole sentences; commands as they are typed. */
  readonly fix: string;
  /** The severity where the context does not change it. */
  readonly severity: Severity;
  /** Where it has another severity, in whole sentences; nothing where it always has this one. */
  readonly elsewhere?: string;
  /** 1: there is something to mend. 2: something is unknown, so nothing may be called fine. */
  readonly exitCode: 1 | 2;
}

/** Every finding code there is, in the order in which documentation lists them. */
export const FINDING_CODES: Readonly<Record<FindingCode, FindingExplanation>> = {
  unpinned: {
    title: 'The image has no digest',
    meaning:
      'The reference names a tag, or nothing at all, so what runs can change without a change to this file.',
    fix: 'Pin it with `pindrift pin --write PATH`, or pin at render time with the lock (`pindrift lock PATH`).',
    severity: 'error',
    elsewhere: 'A warning where a value only looks like an image, in a kind that is not known.',
    exitCode: 1,
  },
  'not-locked': {
    title: 'The lock has no entry for the image',
    meaning:
      'The reference has no digest, and the lock does not say which one it should get. A locked render asks no registry, so it stops instead of leaving the image as it is.',
    fix: 'Add the entry: render into `pindrift lock -`, or run `pindrift lock PATH`. `onMissing: keep` leaves such images as they are and warns.',
    severity: 'error',
    elsewhere:
      'A warning with `onMissing: keep` (`pin --keep`, `pindrift-helm --on-missing keep`).',
    exitCode: 1,
  },
  mismatch: {
    title: 'The digest is not the one in the lock',
    meaning:
      'The reference has a tag and a digest, and the lock names another digest for the same tag. One of the two is out of date, or somebody changed one by hand.',
    fix: "Look at both with `pindrift manifest REF`. Then either take the lock's digest into the file with `pindrift pin --update --write PATH`, or move the lock with `pindrift lock --update IMAGE PATH`.",
    severity: 'error',
    exitCode: 1,
  },
  stale: {
    title: 'The tag has moved on',
    meaning:
      'The tag names another digest than the pinned one, and has done so for longer than the settle window. What runs is what was pinned; the newer image may hold fixes.',
    fix: 'Take the newer image with `pindrift lock --update IMAGE PATH`, and review the change.',
    severity: 'warning',
    exitCode: 1,
  },
  dangling: {
    title: 'The image does not exist',
    meaning:
      'The registry says that the tag or the digest named here does not exist. Nodes that do not have it already cannot start it.',
    fix: 'Correct the reference, push the image again, or move to one that exists with `pindrift lock --update IMAGE PATH`.',
    severity: 'error',
    exitCode: 1,
  },
  republished: {
    title: 'A full version was published twice',
    meaning:
      'A tag that looks immutable, a full version, now names another digest. Either its publisher rebuilt it, or somebody replaced it.',
    fix: 'Ask the publisher, or compare both with `pindrift manifest REF`. Keep the old digest until it is clear which one to trust.',
    severity: 'warning',
    exitCode: 1,
  },
  'rolled-back': {
    title: 'The tag moved back',
    meaning:
      'The tag names a digest that was seen before the pinned one: its publisher rolled back, or a mirror answers with old data.',
    fix: 'Ask the registry itself, not a mirror: `pindrift resolve REF`. If the roll-back is meant, `pindrift lock --update IMAGE PATH`.',
    severity: 'warning',
    exitCode: 1,
  },
  'platform-pinned': {
    title: 'Pinned to one platform',
    meaning:
      'The digest is the manifest of one platform inside the index that the tag names, so nodes of other architectures cannot run it.',
    fix: 'Pin the index: `pindrift resolve REF` shows its digest. Leave it if only one platform is meant.',
    severity: 'info',
    exitCode: 1,
  },
  'retention-risk': {
    title: 'The registry may delete the image',
    meaning:
      'The digest exists, but no tag names it any more, and the repository is known to expire manifests without a tag.',
    fix: 'Move to a tagged image with `pindrift lock --update IMAGE PATH`, or keep a tag on the one in use.',
    severity: 'warning',
    exitCode: 1,
  },
  unresolvable: {
    title: 'The registry did not answer the question',
    meaning:
      'The registry refused, did not answer, or answered with something that cannot be believed. Whether the image is fine is not known.',
    fix: 'See the reason in the message. `pindrift doctor` shows the credentials found for each registry.',
    severity: 'error',
    exitCode: 2,
  },
  unreadable: {
    title: 'This could not be read',
    meaning:
      'The file, document or value looks like one that names images, and is not what it should be, so the images in it are not known.',
    fix: 'Correct it where the message points.',
    severity: 'error',
    exitCode: 2,
  },
  templated: {
    title: 'The image is a template',
    meaning:
      'The value is a template or a variable. What it will be is known when it is filled in, not here.',
    fix: 'Pin what is rendered instead: put Pindrift behind the program that fills it in, or run `pindrift lock -` on its output.',
    severity: 'error',
    elsewhere:
      'A warning where files are only looked at (`check`, `find`), and with `onMissing: keep`.',
    exitCode: 1,
  },
  'numeric-tag': {
    title: 'The tag is a number',
    meaning: 'YAML reads a tag such as 1.10 as the number 1.1, which names another image.',
    fix: 'Put the tag in quotes: "1.10".',
    severity: 'error',
    exitCode: 1,
  },
  unpinnable: {
    title: 'There is no room for a digest here',
    meaning: 'What reads this place does not take a digest.',
    fix: 'Use the form that the message names, which takes one.',
    severity: 'warning',
    elsewhere: 'An error in `pin` and when rendering, unless `onMissing: keep` is set.',
    exitCode: 1,
  },
  'expired-ignore': {
    title: 'An ignore has expired',
    meaning:
      'A rule, a comment or an annotation says that this image is ignored until a date, and that date has passed. The image is treated like any other again.',
    fix: 'Remove the ignore and pin the image, or give it a new date and a reason that still holds.',
    severity: 'warning',
    exitCode: 1,
  },
};

/** What a finding does to the exit code, in whole sentences; options as they are typed. */
export function consequence(code: FindingCode): string {
  const { severity, exitCode, elsewhere = '' } = FINDING_CODES[code];
  const usual =
    exitCode === 2
      ? `${severity}: exit code 2, whatever \`--fail-on\` names, as something is not known.`
      : severity === 'error'
        ? `${severity}: exit code 1.`
        : `${severity}: exit code 0, or 1 where \`--fail-on\` names it.`;
  return elsewhere === '' ? usual : `${usual} ${elsewhere}`;
}

/** The text as a finding code, or undefined where there is no such code. */
export function findingCode(text: string): FindingCode | undefined {
  return Object.hasOwn(FINDING_CODES, text) ? (text as FindingCode) : undefined;
}
