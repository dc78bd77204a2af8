import type { Remark } from '@pindrift/pin';
import type { Answer } from './ask.ts';
import type { Observation } from './store/store.ts';
import type { Subject } from './subject.ts';

/** One image and everything that is known about it; what each rule in `findings/` looks at. */
export interface Case {
  readonly subject: Subject;
  /** What the tag names; undefined where there is no tag to ask about. */
  readonly tag: Answer | undefined;
  /** Whether the pinned digest exists; undefined where nothing is pinned. */
  readonly pinned: Answer | undefined;
  /** Set where the tag names another digest than the pinned one. */
  readonly moved: Moved | undefined;
  /** What the tag was seen to name, oldest first, now included. Empty without a store. */
  readonly history: readonly Observation[];
  /** True where a tag that was asked about names the pinned digest. */
  readonly tagged: boolean;
  /** True for a repository that is known to expire manifests without a tag. */
  readonly expires: boolean;
  /** When this scan began, in milliseconds since the epoch. */
  readonly now: number;
  /** For how long a tag may name something else before that is worth a word, in milliseconds. */
  readonly settle: number;
}

export interface Moved {
  /** The pinned digest. */
  readonly from: string;
  /** What the tag names now. */
  readonly to: string;
  /** What stands in the index that the tag names, where that was read. */
  readonly members: ReadonlySet<string> | undefined;
  /** Since when the tag is known to name something else, in milliseconds; undefined without a store. */
  readonly since: number | undefined;
}

/** Looks at one case; undefined where there is nothing to say. */
export type Rule = (one: Case) => Remark | undefined;

/** How an image stands, in one word. */
export type ImageState =
  /** Its digest is what its tag names, or it has no tag and its digest exists. */
  | 'current'
  /** The tag names another digest, since less than the settle window. */
  | 'settling'
  /** The tag names another digest, and a finding says what that means; or it is gone. */
  | 'behind'
  /** It has no digest. */
  | 'unpinned'
  /** Its digest, or without one its tag, does not exist. */
  | 'gone'
  /** A registry did not say, or nobody could be asked. */
  | 'unknown'
  | 'ignored';

/** The day, as findings name it: an age would make another finding of it every night. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
