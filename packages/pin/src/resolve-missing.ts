import type { Decision, Missing } from './decide.ts';
import type { Resolve } from './pin-context.ts';

/** Codes of `RegistryError` that are the registry's own word that there is no such thing. */
const GONE: readonly unknown[] = ['NOT_FOUND', 'PLATFORM_NOT_FOUND'];

/** What the registry said about one lock key. */
export type Answer =
  | { readonly digest: string }
  | { readonly code: 'dangling' | 'unresolvable'; readonly reason: string };

/**
 * What the registry says about each missing reference, by lock key. Each is asked once, all at the
 * same time; the registry client keeps to its own limits.
 */
export async function resolveMissing(
  missing: readonly Missing[],
  resolve: Resolve,
): Promise<ReadonlyMap<string, Answer>> {
  const unique = new Map<string, Missing>();
  for (const one of missing) if (!unique.has(one.key)) unique.set(one.key, one);
  const answers = [...unique.values()].map(
    async (decision) => [decision.key, await ask(decision, resolve)] as const,
  );
  return new Map(await Promise.all(answers));
}

/** The decision about a missing reference, now that the registry has answered. */
export function decided({ key, reference }: Missing, answer: Answer): Decision {
  return 'digest' in answer
    ? { kind: 'pin', digest: answer.digest, key, untagged: reference.tag === undefined }
    : { kind: 'unresolved', key, code: answer.code, reason: answer.reason };
}

/** Which finding a failed question is, and the reason in the registry client's words. */
export function failure(error: unknown): Exclude<Answer, { digest: string }> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return { code: GONE.includes(code) ? 'dangling' : 'unresolvable', reason };
}

async function ask({ reference }: Missing, resolve: Resolve): Promise<Answer> {
  try {
    const { digest } = await resolve({ ...reference, tag: reference.tag ?? 'latest' });
    return { digest };
  } catch (error) {
    return failure(error);
  }
}
