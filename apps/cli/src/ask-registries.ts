import type { ImageReference } from '@pindrift/reference';
import { isGone, type Registry, type Resolved } from '@pindrift/registry';
import { withRegistry } from './open-registry.ts';
import { note } from './output.ts';
import { startProgress } from './progress.ts';
import type { Call } from './verb.ts';

/** What a registry said about one reference, or why it said nothing. */
export type Answer =
  | {
      readonly kind: 'resolved';
      readonly resolved: Resolved;
      readonly platforms?: readonly string[];
      /** Why the platforms are not known although they were asked for. */
      readonly withheld?: string;
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
    ).then((answers) => tellWithheld(call, answers));
  } finally {
    progress.stop();
  }
}

/** One line for all: it is the same limit that was met each time. */
function tellWithheld(call: Call, answers: readonly Answer[]): readonly Answer[] {
  const reasons = answers.flatMap((answer) =>
    answer.kind === 'resolved' && answer.withheld !== undefined ? [answer.withheld] : [],
  );
  const [first] = reasons;
  if (first === undefined) return answers;
  const images = reasons.length === 1 ? '1 image' : `${reasons.length} images`;
  note(call, `the platforms of ${images} are left out, --no-platforms asks for none: ${first}`);
  return answers;
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
    return { kind: 'resolved', resolved, ...(await platformsOf(registry, reference, resolved)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: isGone(error) ? 'dangling' : 'unresolvable', reason, error };
  }
}

/**
 * Which platforms there are, unless the limit of pulls is used up: Docker Hub counts this question
 * and not the one for the digest, and a lock without platforms pins all the same.
 */
async function platformsOf(
  registry: Registry,
  { tag: _tag, ...rest }: ImageReference,
  { digest }: Resolved,
): Promise<{ platforms?: readonly string[]; withheld?: string }> {
  try {
    return { platforms: await registry.platforms({ ...rest, digest }) };
  } catch (error) {
    if (codeOf(error) !== 'RATE_LIMITED') throw error;
    return { withheld: error instanceof Error ? error.message : String(error) };
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
