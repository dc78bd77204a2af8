import { withoutPassword } from './findings/without-password.ts';
import type { Judgement, Verdict } from './judge.ts';
import { writtenDigest } from './move.ts';
import type { PinnedImage } from './pin-context.ts';

/** What became of every image; `edited` says whether digests were inserted. */
export function outcomesOf({ images, verdicts }: Judgement, edited: boolean): PinnedImage[] {
  return verdicts.map((verdict) => {
    const occurrence = images.describe(verdict.site);
    const text = withoutPassword(occurrence.text);
    return { ...occurrence, text, ...outcomeOf(verdict, edited) };
  });
}

function outcomeOf(
  { site, decision, ignored }: Verdict,
  edited: boolean,
): Pick<PinnedImage, 'digest' | 'outcome'> {
  const written = writtenDigest(decision);
  if (ignored) return { digest: written, outcome: 'ignored' };
  if (edited && decision?.kind === 'move') return { digest: decision.digest, outcome: 'moved' };
  if (written !== undefined) return { digest: written, outcome: 'already' };
  if (decision?.kind === 'pin' && edited && site.confidence !== 'low') {
    return { digest: decision.digest, outcome: 'pinned' };
  }
  return { digest: undefined, outcome: 'kept' };
}
