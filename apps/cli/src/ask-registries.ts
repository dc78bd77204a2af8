import type { ImageReference } from '@pindrift/reference';
import type { Registry, Resolved } from '@pindrift/registry';
import { withRegistry } from './open-registry.ts';
import { startProgress } from './progress.ts';
import type { Call } from './verb.ts';

/** What a registry said about one reference, or why it said nothing. */
export type Answer =
  | {
      readonly kind: 'resolved';
      readonly resolved: Resolved;
      readonly platforms?: readonly string[];
    }
  /** The registry's own word that there is no such thing. */
  | { readonly kind: 'dangling'; readonly reason: string; readonly error: unknown }
  /** Anything else: whether it exists is not known. */
  | { readonly kind: 'unresolvable'; readonly reason: string; readonly error: unknown };

export interface AskOptions {
  /** Resolves to the manifest of one platform instead of the index. */
  readonly platform?: string | undefined;
  /** Also asks which platforms there are: one more request for each. Default false. */
  readonly platforms?: boolean;
}

const GONE: readonly unknown[] = ['NOT_FOUND', 'PLATFORM_NOT_FOUND'];

/**
 * Asks for each reference once, all at the same time; the client keeps to the limits of each host.
 * The answers come in the order of the questions. Without questions nothing is loaded.
 */
export async function askRegistries(
  call: Call,
  references: readonly ImageReference[],
  options: AskOptions = {},
): Promise<readonly Answer[]> {
  if (references.length === 0) return [];
  const progress = startProgress('asking registries', references.length, call.io, call.options);
  try {
    return await withRegistry(call, (registry) =>
      Promise.all(
        references.map(async (reference) => {
          const answer = await ask(registry, reference, options);
          progress.step();
          return answer;
        }),
      ),
    );
  } finally {
    progress.stop();
  }
}

async function ask(
  registry: Registry,
  reference: ImageReference,
  { platform, platforms = false }: AskOptions,
): Promise<Answer> {
  try {
    const selected = platform === undefined ? {} : { platform };
    const resolved = await registry.resolve(reference, selected);
    if (!platforms) return { kind: 'resolved', resolved };
    const { tag: _tag, ...rest } = reference;
    const found = await registry.platforms({ ...rest, digest: resolved.digest });
    return { kind: 'resolved', resolved, platforms: found };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: GONE.includes(codeOf(error)) ? 'dangling' : 'unresolvable', reason, error };
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
