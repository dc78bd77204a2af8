import { type ImageReference, parseReference } from '@pindrift/reference';
import { isGone, type Registry } from '@pindrift/registry';
import { reasonOf } from './reason-of.ts';

/** What a registry said about one tag or digest. */
export type Answer =
  | { readonly kind: 'found'; readonly digest: string; readonly mediaType: string }
  /** The registry's own word that there is no such thing. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** Anything else, and what was never asked: whether it exists is not known. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface AskOptions {
  readonly registry: Pick<Registry, 'resolve'>;
  readonly signal: AbortSignal | undefined;
  /** Questions at a time to one host; the client may allow fewer requests. */
  readonly concurrency: number;
  /** Told about each answer as it comes. */
  readonly onAnswer: (name: string, answer: Answer) => void;
}

export interface Answers {
  readonly answers: ReadonlyMap<string, Answer>;
  /** How many were not asked, as the scan was stopped. */
  readonly left: number;
}

const STOPPED: Answer = { kind: 'unknown', reason: 'the scan was stopped before it was answered' };

/**
 * Asks about each canonical name (with its tag or digest) once: a few at a time for each host, all
 * hosts at the same time, so that a slow one delays nobody else. When it is stopped it waits for no
 * answer; what is not answered by then is unknown.
 */
export async function askAll(names: Iterable<string>, options: AskOptions): Promise<Answers> {
  const answers = new Map<string, Answer>();
  const hosts = Map.groupBy([...new Set(names)].map(parseReference), ({ domain }) => domain);
  const lanes = [...hosts.values()].flatMap((references) => {
    const queue = references.values();
    const count = Math.min(options.concurrency, references.length);
    return Array.from({ length: count }, () => answerFrom(queue, answers, options));
  });
  await Promise.race([Promise.all(lanes), stopOf(options.signal)]);
  const unanswered = [...hosts.values()].flat().filter(({ text }) => !answers.has(text));
  for (const { text } of unanswered) answers.set(text, STOPPED);
  return { answers: new Map(answers), left: unanswered.length };
}

async function answerFrom(
  queue: Iterator<ImageReference>,
  answers: Map<string, Answer>,
  { registry, signal, onAnswer }: AskOptions,
): Promise<void> {
  for (let next = queue.next(); !next.done; next = queue.next()) {
    const answer = isStopped(signal) ? undefined : await ask(registry, next.value);
    if (answer === undefined || isStopped(signal)) return;
    answers.set(next.value.text, answer);
    onAnswer(next.value.text, answer);
  }
}

async function ask(
  registry: Pick<Registry, 'resolve'>,
  reference: ImageReference,
): Promise<Answer> {
  try {
    const { digest, mediaType } = await registry.resolve(reference);
    return { kind: 'found', digest, mediaType };
  } catch (error) {
    return { kind: isGone(error) ? 'gone' : 'unknown', reason: reasonOf(error) };
  }
}

function isStopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Resolves when the scan is to stop, with undefined. */
export function stopOf(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    else signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
