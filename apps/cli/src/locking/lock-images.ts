import type { Finding, Lock } from '@pindrift/pin';
import type { Config } from '@pindrift/pin/config';
import { askRegistries } from '../ask-registries.ts';
import { CliError } from '../cli-error.ts';
import type { Input } from '../inputs.ts';
import { changeFiles } from '../io.ts';
import { type LockOption, openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import { note } from '../output.ts';
import type { Call } from '../verb.ts';
import { changeLock, type LockOutcome } from './change-lock.ts';
import { type Answers, failureFindings, missingEntry, readAnswers } from './entries.ts';
import { examineNamed, type Named, type RenderOption } from './examine-named.ts';
import { type LockPlan, planLock } from './plan-lock.ts';

export interface LockImagesOptions extends RenderOption, LockOption {
  /** Entries that may move, as the user names them; true for all. */
  readonly update?: true | readonly string[];
  readonly prune?: boolean;
  readonly frozen?: boolean;
  /** False leaves the platforms of an image out; default true. */
  readonly platforms?: boolean;
}

export interface LockedImages {
  /** Of the lock, as messages show it. */
  readonly path: string;
  readonly outcome: LockOutcome;
  /** What could not be read, and images that got no entry. */
  readonly findings: readonly Finding[];
  readonly inputs: readonly Input[];
}

/**
 * Brings the lock up to date with what the texts name: asks for what it lacks and for what is to
 * move, each image once, and writes it whole or not at all. What was resolved is written even when
 * something else was not: a render stops at what has no entry, so nothing half-known passes for fine.
 *
 * Throws `CliError` `not-found` where there is no manifest at all, unless `mayBeEmpty`: an empty input
 * says nothing about a lock, and least of all that its entries are used no more.
 */
export async function lockImages(
  call: Call<LockImagesOptions>,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): Promise<LockedImages> {
  const config = await openConfig(call);
  const { path, lock: current } = await openLock(call, config, {
    mayBeNew: true,
    paths: call.args,
  });
  const lock = current ?? { file: path, settings: {}, images: [] };
  const seen = await lookAt(call, lock, config);
  if (!seen.manifests && !mayBeEmpty) throw new CliError('not-found', nothingRead(call));
  const update = call.options.update ?? [];
  const plan = planLock({ ...seen, lock, update, cwd: call.io.cwd });
  const answers = await answer(call, plan, path);
  // An empty lock where there was none would hide that nothing was found, or nothing resolved.
  const nothing = current === undefined && answers.entries.length === 0;
  const outcome = await apply(call, path, { seen, plan, answers, nothing });
  const findings = [...seen.findings, ...(await failureFindings(answers.failures, path))];
  return { path, outcome, findings, inputs: seen.inputs };
}

function nothingRead({ args }: Call): string {
  const where = args.length === 0 ? 'the working directory' : args.join(', ');
  return `no manifest in ${where}, so the lock is left as it is; name what you deploy, or render it with --render`;
}

async function lookAt(
  call: Call<LockImagesOptions>,
  current: Lock,
  config: Config,
): Promise<Named> {
  const { fields, ignore } = config;
  const settings = { mode: 'locked', onMissing: 'keep' } as const;
  const lockFile = { path: current.file, frozen: call.options.frozen ?? false };
  const seen = await examineNamed(call, { lock: current, fields, ignore, settings }, lockFile);
  const findings = seen.findings.filter(({ code }) => !SETTLED_HERE.includes(code));
  return { ...seen, findings };
}

/** What is asked for is no finding, and what a file pins for itself is the matter of `check`. */
const SETTLED_HERE: readonly string[] = ['not-locked', 'mismatch', 'unpinned'];

/** A frozen run asks nothing about what is missing: that alone says that the lock would change. */
async function answer(
  call: Call<LockImagesOptions>,
  plan: LockPlan,
  path: string,
): Promise<Answers> {
  const { frozen = false, platforms = true } = call.options;
  const questions = plan.questions.filter(({ place }) => !frozen || place === undefined);
  const references = questions.map(({ reference }) => reference);
  const answers = await askRegistries(call, references, { platforms });
  const { entries, failures } = readAnswers(questions, answers);
  const missing = plan.questions.filter((question) => !questions.includes(question));
  return { entries, failures: [...failures, ...missing.map((one) => missingEntry(one, path))] };
}

interface Work {
  readonly seen: Named;
  readonly plan: LockPlan;
  readonly answers: Answers;
  readonly nothing: boolean;
}

async function apply(
  call: Call<LockImagesOptions>,
  path: string,
  { seen, plan, answers, nothing }: Work,
): Promise<LockOutcome> {
  const { frozen = false, prune = false } = call.options;
  const unread = seen.findings.some(({ code }) => code === 'unreadable' || code === 'templated');
  if (prune && unread) note(call, 'nothing is pruned: what could not be read may name an entry');
  const options = {
    update: plan.update,
    prune: prune && !unread,
    // What could not be asked for is still named.
    named: [...plan.named, ...plan.questions.map(({ image }) => image)],
    frozen: frozen || nothing,
  };
  return await changeFiles(call.io, () => changeLock(path, answers.entries, options));
}
