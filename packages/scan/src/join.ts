import { posix } from 'node:path';
import { type Finding, findingOf, type Remark } from '@pindrift/pin';
import type { Case, ImageState, Rule } from './case.ts';
import { dangling } from './findings/dangling.ts';
import { platformPinned } from './findings/platform-pinned.ts';
import { republished } from './findings/republished.ts';
import { retentionRisk } from './findings/retention-risk.ts';
import { rolledBack } from './findings/rolled-back.ts';
import { stale } from './findings/stale.ts';
import { unresolvable } from './findings/unresolvable.ts';
import { movedFrom } from './moved.ts';
import type { Resolution } from './resolve.ts';
import type { Observation, Store } from './store/store.ts';
import type { Subject } from './subject.ts';

/** One image and what became of it. */
export interface Judged {
  readonly subject: Subject;
  readonly state: ImageState;
  /** What its tag names now, where it has one and that is known. */
  readonly current: string | undefined;
  readonly mediaType: string | undefined;
  /** Since when the tag is known to name something else, in milliseconds since the epoch. */
  readonly since: number | undefined;
  readonly findings: readonly Finding[];
}

export interface JoinOptions {
  readonly store: Store | undefined;
  readonly now: number;
  readonly settle: number;
  /** Globs of repositories that expire manifests without a tag. */
  readonly retention: readonly string[];
}

/** Each of these may speak. */
const RULES: readonly Rule[] = [dangling, unresolvable, retentionRisk];

/** Of these only the first one that has something to say: they explain the same move. */
const MOVES: readonly Rule[] = [platformPinned, rolledBack, republished, stale];

/** Holds every image against what the registries said now and what was seen before. */
export function join(
  subjects: readonly Subject[],
  resolution: Resolution,
  options: JoinOptions,
): readonly Judged[] {
  const historyOf = createHistories(options.store);
  return subjects.map((subject) => {
    if (subject.left !== undefined) return leftAlone(subject);
    const one = caseOf(subject, resolution, { ...options, historyOf });
    const move = firstOf(MOVES, one);
    const remarks = [
      ...RULES.flatMap((rule) => rule(one) ?? []),
      ...(move === undefined ? [] : [move]),
    ];
    const { tag, pinned, moved } = one;
    return {
      subject,
      state: stateOf(one, move !== undefined),
      current: tag?.kind === 'found' ? tag.digest : undefined,
      mediaType: [pinned, tag].find((answer) => answer?.kind === 'found')?.mediaType,
      since: moved?.since,
      findings: remarks.map((remark) => findingOf(subject.image, softened(subject, remark))),
    };
  });
}

type Histories = (tag: string) => readonly Observation[];

/** Thousands of places share a few tags; each is looked up once. */
function createHistories(store: Store | undefined): Histories {
  const known = new Map<string, readonly Observation[]>();
  return (tag) => {
    const history = known.get(tag) ?? store?.history(tag) ?? [];
    known.set(tag, history);
    return history;
  };
}

function leftAlone(subject: Subject): Judged {
  const state = subject.left === 'ignored' ? 'ignored' : 'unknown';
  const nothing = { current: undefined, mediaType: undefined, since: undefined };
  return { subject, state, ...nothing, findings: [] };
}

function caseOf(
  subject: Subject,
  resolution: Resolution,
  { store, now, settle, retention, historyOf }: JoinOptions & { historyOf: Histories },
): Case {
  const tag = subject.tag === undefined ? undefined : resolution.tags.get(subject.tag);
  const history = subject.tag === undefined ? [] : historyOf(subject.tag);
  const expires = retention.some((glob) => posix.matchesGlob(subject.repository, glob));
  return {
    subject,
    tag,
    pinned: subject.pin === undefined ? undefined : resolution.pins.get(subject.pin),
    moved: movedFrom(subject, tag, { resolution, store, history }),
    history,
    tagged: subject.pin !== undefined && resolution.named.has(subject.pin),
    expires,
    now,
    settle,
  };
}

function firstOf(rules: readonly Rule[], one: Case): Remark | undefined {
  // What is gone is no matter of its tag any more.
  if (one.pinned?.kind === 'gone') return undefined;
  for (const rule of rules) {
    const remark = rule(one);
    if (remark !== undefined) return remark;
  }
  return undefined;
}

/** What only looks like an image fails nothing. */
function softened({ image }: Subject, remark: Remark): Remark {
  return image.confidence === 'low' ? { ...remark, severity: 'warning' } : remark;
}

function stateOf({ tag, pinned, moved }: Case, told: boolean): ImageState {
  const answers = [pinned, tag];
  if ((pinned ?? tag)?.kind === 'gone') return 'gone';
  if (answers.some((answer) => answer?.kind === 'unknown')) return 'unknown';
  if (pinned === undefined) return 'unpinned';
  if (tag?.kind === 'gone') return 'behind';
  if (moved === undefined) return 'current';
  return told ? 'behind' : 'settling';
}
