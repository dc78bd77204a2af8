import { type Edit, rewrite } from '@pindrift/documents';
import type { Finding } from './findings/finding.ts';
import { isFine, type Purpose } from './findings/is-fine.ts';
import { type Judgement, judge } from './judge.ts';
import { outcomesOf } from './outcome.ts';
import type { PinContext, PinResult } from './pin-context.ts';

/**
 * Pins every image in a text: finds them, looks each up in the lock by canonical name and tag (in
 * mode `resolve` asks for what the lock lacks), and inserts the digests; with `move`, also replaces
 * those that the lock contradicts. All other bytes stay as
 * they are, and a second run changes nothing.
 *
 * What is wrong comes back as findings, in the order of the text. An error among them refuses the
 * whole text: nothing is inserted. With `onMissing: keep` what cannot be pinned stays as it is, with
 * a warning; a text that cannot be read is refused all the same.
 */
export async function pinText(text: Uint8Array, context: PinContext): Promise<PinResult> {
  const judgement = await judge(text, context);
  const findings = await findingsIn(judgement, context, 'pin');
  const refused = findings.some((finding) => finding.severity === 'error');
  const pinned = refused ? text : rewrite(text, editsOf(judgement));
  return resultOf(judgement, { text: pinned, refused, findings, edited: !refused });
}

/**
 * Says what is not pinned in a text, and what is pinned to something else than the lock says. It
 * changes nothing and asks no registry; `text` is the input itself. In a file that is a template, what
 * is written out is found, too.
 */
export async function checkText(text: Uint8Array, context: PinContext): Promise<PinResult> {
  const settings = { ...context.settings, mode: 'locked' as const };
  const judgement = await judge(text, { templates: true, ...context, settings, move: false });
  const findings = await findingsIn(judgement, context, 'check');
  const refused = findings.some((finding) => finding.severity === 'error');
  return resultOf(judgement, { text, refused, findings, edited: false });
}

/** Loads what describes findings only where there are any; most renders have none. */
async function findingsIn(
  judgement: Judgement,
  context: PinContext,
  purpose: Purpose,
): Promise<Finding[]> {
  const { images, verdicts } = judgement;
  const fine = verdicts.every((verdict) => isFine(verdict, purpose));
  if (fine && images.unreadable.length === 0) return [];
  const { findingsOf } = await import('./findings/findings-of.ts');
  return findingsOf(judgement, context, purpose);
}

function editsOf({ verdicts, settings }: Judgement): Edit[] {
  const edits: Edit[] = [];
  for (const { site, decision, ignored } of verdicts) {
    if (ignored || site.confidence === 'low') continue;
    if (decision?.kind === 'move') {
      const { digest, replaced } = decision;
      edits.push({ start: site.end - replaced.length, end: site.end, text: digest });
    }
    if (decision?.kind !== 'pin') continue;
    const tag = decision.untagged && settings.untagged === 'latest' ? ':latest' : '';
    edits.push({ start: site.end, end: site.end, text: `${tag}@${decision.digest}` });
  }
  return edits;
}

function resultOf(
  judgement: Judgement,
  done: {
    readonly text: Uint8Array;
    readonly refused: boolean;
    readonly findings: readonly Finding[];
    readonly edited: boolean;
  },
): PinResult {
  const { text, refused, findings, edited } = done;
  let images: PinResult['images'] | undefined;
  return {
    text,
    refused,
    findings,
    get images() {
      images ??= outcomesOf(judgement, edited);
      return images;
    },
  };
}
