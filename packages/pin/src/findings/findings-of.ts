import type { ImageOccurrence, Problem } from '@pindrift/documents';
import type { Judgement, Verdict } from '../judge.ts';
import type { PinContext } from '../pin-context.ts';
import { exemptionRemark } from './exemption-remark.ts';
import type { Finding, FindingCode, Severity } from './finding.ts';
import { findingOf, type Remark } from './finding-of.ts';
import { guessRemark } from './guess-remark.ts';
import { isFine, type Purpose } from './is-fine.ts';
import { problemRemark } from './problem-remark.ts';
import { defaultLockCommand, type RemarkContext, remarkOn, unpinnedRemark } from './remark.ts';
import { shellWord, wholePath } from './shell.ts';
import { unreadableFinding } from './unreadable-finding.ts';

/** Everything there is to say about a text: unreadable parts first, then images in their order. */
export function findingsOf(judgement: Judgement, context: PinContext, purpose: Purpose): Finding[] {
  const { images, verdicts, settings } = judgement;
  const { file = '-', lock } = context;
  const word = context.wholePaths === true ? wholePath : shellWord;
  const remarks: RemarkContext = {
    file,
    lockFile: lock?.file,
    lockCommand: context.lockCommand ?? defaultLockCommand(file, lock?.file, word),
    word,
  };
  const strict = purpose === 'pin' && settings.onMissing === 'fail';
  const findings = images.unreadable.map(unreadableFinding);
  for (const verdict of verdicts) {
    if (isFine(verdict, purpose)) continue;
    const { site } = verdict;
    const problem = images.problemOf(site);
    const occurrence = problem?.occurrence ?? images.describe(site);
    for (const remark of remarksOn(verdict, { occurrence, problem }, remarks, purpose)) {
      const usual = severityOf(remark.code, purpose, strict);
      const severity = remark.severity ?? (site.confidence === 'low' ? 'warning' : usual);
      findings.push(findingOf(occurrence, { ...remark, severity }));
    }
  }
  return findings;
}

function remarksOn(
  verdict: Verdict,
  seen: { readonly occurrence: ImageOccurrence; readonly problem: Problem | undefined },
  context: RemarkContext,
  purpose: Purpose,
): Remark[] {
  const { exemption } = verdict;
  const { text } = seen.occurrence;
  const expired = exemption === undefined ? [] : [exemptionRemark(exemption, text)];
  const remark = imageRemark(verdict, seen, context, purpose);
  return remark === undefined ? expired : [...expired, remark];
}

function imageRemark(
  { site, decision }: Verdict,
  { occurrence, problem }: { occurrence: ImageOccurrence; problem: Problem | undefined },
  context: RemarkContext,
  purpose: Purpose,
): Remark | undefined {
  if (site.problem !== undefined) {
    return problemRemark(site.problem, occurrence.text, problem?.reason ?? '');
  }
  if (decision === undefined || decision.kind === 'already' || decision.kind === 'move') {
    return undefined;
  }
  if (decision.kind === 'mismatch') return remarkOn(decision, occurrence, context);
  if (site.confidence === 'low') return guessRemark(decision, occurrence);
  if (decision.kind === 'pin') {
    return purpose === 'pin' ? undefined : unpinnedRemark(decision, occurrence, context);
  }
  if (purpose === 'check' && decision.kind === 'missing') {
    return unpinnedRemark(decision, occurrence, context);
  }
  return remarkOn(decision, occurrence, context);
}

/**
 * When something is about to be written, whatever stays un-pinned is an error, or a warning with
 * `onMissing: keep`. When only looking, a template is nothing to fail for.
 */
function severityOf(code: FindingCode, purpose: Purpose, strict: boolean): Severity | undefined {
  if (code === 'expired-ignore') return undefined;
  if (purpose === 'pin') return strict ? 'error' : 'warning';
  return code === 'templated' || code === 'unpinnable' ? 'warning' : undefined;
}
