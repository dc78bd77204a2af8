import { type ImageSite, type Images, readImages } from '@pindrift/documents';
import { imageFields } from './config/field-rule.ts';
import { type Decision, decide, type Missing } from './decide.ts';
import { compileRules, type Exemption, hasExpired } from './ignore.ts';
import type { Lock, Settings } from './lock/lock.ts';
import { moveDigest } from './move.ts';
import type { PinContext, Resolve } from './pin-context.ts';

/** One site and what is to be done with it. */
export interface Verdict {
  readonly site: ImageSite;
  /** Undefined where the finder says that the value is not simply a reference. */
  readonly decision: Decision | undefined;
  /** What says that it is left alone, or said so until a date that has passed. */
  readonly exemption: Exemption | undefined;
  readonly ignored: boolean;
}

export interface Judgement {
  readonly images: Images;
  readonly verdicts: readonly Verdict[];
  readonly settings: Required<Settings>;
}

const DEFAULTS: Required<Settings> = { mode: 'locked', onMissing: 'fail', untagged: 'keep' };

/** Finds every image in a text and decides about each; asks `context.resolve` in mode `resolve`. */
export async function judge(text: Uint8Array, context: PinContext): Promise<Judgement> {
  const { file = '-', lock, move = false, resolve, today } = context;
  // A stream is what was rendered, whoever reads it.
  const templates = context.templates === true && file !== '-';
  const settings = { ...DEFAULTS, ...lock?.settings, ...context.settings };
  const rules = await compileRules([...(context.ignore ?? []), ...(lock?.ignore ?? [])]);
  const images = await readImages(text, { file, fields: fieldsOf(context), templates });
  const decisions = decideEach(images.sites, lock);
  const verdicts = images.sites.map((site): Verdict => {
    const known = site.problem === undefined ? decisions.get(site.text) : undefined;
    const exemption = images.ignoreOf(site) ?? rules(site.text, keyOf(known));
    const ignored = exemption !== undefined && !hasExpired(exemption, today);
    const moves = move && !ignored && known?.kind === 'mismatch';
    return { site, decision: moves ? moveDigest(known, site, text) : known, exemption, ignored };
  });
  const asks = settings.mode === 'resolve' && resolve !== undefined;
  return { images, verdicts: asks ? await ask(verdicts, resolve) : verdicts, settings };
}

function fieldsOf({ fields = [], lock }: PinContext): ReturnType<typeof imageFields> {
  return [
    ...imageFields(fields, 'pindrift.yaml'),
    ...imageFields(lock?.fields ?? [], lock?.file ?? ''),
  ];
}

/** One decision per text, as thousands of sites share a few references. */
function decideEach(sites: readonly ImageSite[], lock: Lock | undefined): Map<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const { text, problem } of sites) {
    if (problem === undefined && !decisions.has(text)) decisions.set(text, decide(text, lock));
  }
  return decisions;
}

function keyOf(decision: Decision | undefined): string | undefined {
  return decision === undefined || decision.kind === 'invalid' ? undefined : decision.key;
}

/** The verdicts with the registry's answers in them; what is ignored or guessed is not asked for. */
async function ask(verdicts: readonly Verdict[], resolve: Resolve): Promise<readonly Verdict[]> {
  const missing = verdicts.flatMap(({ site, decision, ignored }): Missing[] =>
    decision?.kind === 'missing' && !ignored && site.confidence !== 'low' ? [decision] : [],
  );
  if (missing.length === 0) return verdicts;
  const { decided, resolveMissing } = await import('./resolve-missing.ts');
  const answers = await resolveMissing(missing, resolve);
  return verdicts.map((verdict) => {
    const { decision } = verdict;
    if (decision?.kind !== 'missing') return verdict;
    const answer = answers.get(decision.key);
    return answer === undefined ? verdict : { ...verdict, decision: decided(decision, answer) };
  });
}
