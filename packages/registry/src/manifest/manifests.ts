import type { ImageReference } from '@pindrift/reference';
import { answerError } from '../answer-error.ts';
import type { Reply, Session } from '../auth/session.ts';
import type { TagStore } from '../cache/tag-store.ts';
import { registryName } from '../endpoint.ts';
import type { Resolved } from '../registry.ts';
import { RegistryError, type Step } from '../registry-error.ts';
import type { Sessions } from '../sessions.ts';
import { checkReference } from './check-reference.ts';
import {
  type FetchedManifest,
  getManifest,
  headManifest,
  type ManifestTarget,
} from './fetch-manifest.ts';

/** Reads manifests, each once. */
export interface Manifests {
  /** What a tag or digest names, without its bytes where a HEAD will do. */
  resolve(reference: ImageReference): Promise<Resolved>;
  /** The bytes behind a tag or digest; `digest` instead of what the reference names. */
  read(reference: ImageReference, step: Step, digest?: string): Promise<FetchedManifest>;
}

/** Statuses by which a server says that it cannot do HEAD. */
const headless: ReadonlySet<number> = new Set([400, 405, 501]);
const refusals: ReadonlySet<number> = new Set([401, 403, 404]);

/** Manifests over the sessions of a client; what it learnt is kept while the client lives. */
export function createManifests(sessions: Pick<Sessions, 'to' | 'tags'>): Manifests {
  const resolved = new Map<string, Promise<Resolved>>();
  const fetched = new Map<string, Promise<FetchedManifest>>();
  const withoutHead = new Set<string>();

  const read = (reference: ImageReference, step: Step, digest?: string): Promise<FetchedManifest> =>
    remember(fetched, keyOf(reference, digest), () => {
      const target = targetOf(reference, step, digest);
      return getManifest(target, sessions.to(reference.domain));
    });

  const resolve = async (reference: ImageReference): Promise<Resolved> => {
    const target = targetOf(reference, 'resolve');
    const host = registryName(reference.domain);
    const head = withoutHead.has(host)
      ? undefined
      : await tryHead(target, sessions.to(reference.domain));
    if (head !== undefined && 'digest' in head) return head;
    if (head !== undefined && isFinal(head, host)) {
      throw answerError(head, { step: 'resolve', credentialSource: head.credentialSource });
    }
    const answer = getManifest({ ...target, fresh: true }, sessions.to(reference.domain));
    const { digest, mediaType, size, verified } = await answer;
    fetched.set(keyOf(reference), answer);
    if (head !== undefined && headless.has(head.status)) withoutHead.add(host);
    return { digest, mediaType, size, verified };
  };

  return {
    read,
    resolve: (reference) =>
      remember(resolved, keyOf(reference), () =>
        reference.digest === undefined && sessions.tags !== undefined
          ? throughStore(keyOf(reference), sessions.tags, () => resolve(reference))
          : resolve(reference),
      ),
  };
}

async function throughStore(
  name: string,
  store: TagStore,
  ask: () => Promise<Resolved>,
): Promise<Resolved> {
  const kept = await store.read(name);
  if (kept !== undefined) return kept;
  const fresh = await ask();
  await store.write(name, fresh);
  return fresh;
}

/** A server whose answer to a HEAD cannot be parsed may well answer a GET. */
async function tryHead(
  target: ManifestTarget,
  session: Session,
): Promise<Resolved | Reply | undefined> {
  try {
    return await headManifest(target, session);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'PROTOCOL') return undefined;
    throw error;
  }
}

/**
 * A refusal without a body says little, so a GET asks for the registry's own words, and whether
 * it means it. Not on Docker Hub, where every GET counts against the user's pulls.
 */
function isFinal(reply: Reply, host: string): boolean {
  if (reply.status === 200 || headless.has(reply.status)) return false;
  return host === 'docker.io' || !refusals.has(reply.status);
}

function targetOf(reference: ImageReference, step: Step, digest?: string): ManifestTarget {
  checkReference(reference);
  return {
    repository: reference.path,
    reference: digest ?? reference.digest ?? reference.tag ?? 'latest',
    step,
  };
}

function keyOf(reference: ImageReference, digest?: string): string {
  const name = `${registryName(reference.domain)}/${reference.path}`;
  const named = digest ?? reference.digest;
  return named === undefined ? `${name}:${reference.tag ?? 'latest'}` : `${name}@${named}`;
}

function remember<T>(
  known: Map<string, Promise<T>>,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = (async () => ask())();
  known.set(key, answer);
  return answer;
}
