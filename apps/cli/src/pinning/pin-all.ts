import { type Finding, lockKey, pinText, type Resolve } from '@pindrift/pin';
import { type ImageReference, parseReference } from '@pindrift/reference';
import { type Answer, askRegistries } from '../ask-registries.ts';
import {
  type Examination,
  type ExamineContext,
  type Examined,
  type ExamineOptions,
  examine,
  examineText,
  findingsOf,
} from '../examine.ts';
import type { Call } from '../verb.ts';

/** Pins every text from the lock, without asking anybody. */
export async function pinLocked(
  call: Call<ExamineOptions>,
  context: ExamineContext,
): Promise<Examination> {
  return await examine(call, withMode(context, 'locked'), pinText);
}

/**
 * Pins every text from the lock, and from the registries what it lacks: each image is asked for
 * once, however many texts name it, and all at the same time.
 */
export async function pinResolved(
  call: Call<ExamineOptions>,
  context: ExamineContext,
): Promise<Examination> {
  const first = await pinLocked(call, context);
  const asked = uniqueReferences(findingsOf(first));
  const answers = await askRegistries(call, [...asked.values()]);
  const byName = new Map([...asked.keys()].map((name, at) => [name, answers[at]]));
  const { today } = call.io;
  const resolving = { ...withMode(context, 'resolve'), resolve: answerFrom(byName), today };
  const examined: Examined[] = [];
  for (const seen of first.examined) {
    const lacks = seen.result.findings.some(({ code }) => code === 'not-locked');
    examined.push(lacks ? await examineText(seen.input, resolving, pinText) : seen);
  }
  return { examined, unread: first.unread };
}

function withMode(context: ExamineContext, mode: 'locked' | 'resolve'): ExamineContext {
  return { ...context, settings: { ...context.settings, mode } };
}

/** By the text they are asked for under: canonical name and tag. */
function uniqueReferences(findings: readonly Finding[]): Map<string, ImageReference> {
  const missing = findings.flatMap(({ code, reference }) =>
    code === 'not-locked' && reference !== undefined ? [parseReference(reference)] : [],
  );
  return new Map(missing.map((reference) => [lockKey(reference), reference]));
}

function answerFrom(byName: ReadonlyMap<string, Answer | undefined>): Resolve {
  return async (reference) => {
    const answer = byName.get(lockKey(reference));
    if (answer?.kind === 'resolved') return answer.resolved;
    throw answer?.error ?? new TypeError(`${lockKey(reference)} was not asked for`);
  };
}
