import type { Verdict } from '../judge.ts';

/** What the findings are for: `pin` is about to write, `check` only looks. */
export type Purpose = 'pin' | 'check';

/** Nothing is to be said about an image: the common case, decided without describing where it is. */
export function isFine({ site, decision, exemption, ignored }: Verdict, purpose: Purpose): boolean {
  if (ignored) return true;
  if (exemption !== undefined) return false;
  if (decision?.kind === 'already') return true;
  if (decision?.kind === 'move') return true;
  return decision?.kind === 'pin' && purpose === 'pin' && site.confidence !== 'low';
}
