/** What can be wrong with one image. The list is closed; `pindrift explain CODE` describes each. */
export type FindingCode =
  | 'unpinned'
  | 'not-locked'
  | 'mismatch'
  | 'stale'
  | 'dangling'
  | 'republished'
  | 'rolled-back'
  | 'platform-pinned'
  | 'retention-risk'
  | 'unresolvable'
  | 'unreadable'
  | 'templated'
  | 'numeric-tag'
  | 'unpinnable'
  | 'expired-ignore';

export type Severity = 'error' | 'warning' | 'info';

/** One thing to report about one place in one file. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** One sentence: what is wrong, with the reference and the place; never a secret. */
  readonly message: string;
  /** What mends it: a command or a change, as it would be typed. */
  readonly help: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly document: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `spec.template.spec.containers[0].image`; empty where the whole document is meant. */
  readonly path: string;
  /** The value as written; empty where the whole document is meant. */
  readonly text: string;
  /** The canonical reference, where the text is one. */
  readonly reference: string | undefined;
  /** The digest that the reference should have, where one is known. */
  readonly expected?: string;
}
