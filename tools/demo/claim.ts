/** Something that the demo says and that does not hold. */
export class DemoFailure extends Error {}

/** Throws `DemoFailure` where it does not hold; `claim` says what was to be seen. */
export function must(holds: boolean, claim: string): void {
  if (!holds) throw new DemoFailure(claim);
}
