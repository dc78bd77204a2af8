import { type RegistryAuth, refuse } from '../auth/registry-auth.ts';
import type { Content } from '../content/content.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { matchRoute, runRoute } from '../http/route.ts';
import { type ServerOptions, startServer, type TestServer } from '../http/server.ts';
import { removeManifest } from './manifests.ts';
import { REGISTRY_ROUTES } from './routes.ts';
import type { ReferrersMode, RegistryState } from './state.ts';
import { digestNamed, putContent, repositoryOf, updateFallbackTag } from './store.ts';

export interface RegistryOptions extends ServerOptions {
  /** Default: everybody may do everything. */
  readonly auth?: RegistryAuth;
  /** Default: `api`. */
  readonly referrers?: ReferrersMode;
  /** Most tags or referrers on one page. Default: all. */
  readonly pageSize?: number;
}

/** A registry in memory. Its methods act at once and are not recorded as requests. */
export interface TestRegistry extends TestServer {
  /** Puts content and its tag in place, with all that belongs to it; returns its digest. */
  push(name: string, tag: string | undefined, content: Content): string;
  /** Makes an existing tag name other content; returns the new digest. Throws if there is no such tag. */
  move(name: string, tag: string, content: Content): string;
  /** Takes a tag away, or a manifest by digest with all its tags. Throws if it is not there. */
  remove(name: string, reference: string): void;
  /** `127.0.0.1:41234/team/app:v1`, or with `@` for a digest. */
  reference(name: string, reference: string): string;
}

/** Starts an empty OCI distribution registry on a free port of loopback. */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const { auth, referrers = 'api', pageSize = Number.POSITIVE_INFINITY } = options;
  const state: RegistryState = { store: new Map(), auth, referrers, pageSize };
  const server = await startServer(
    (exchange) => answer(exchange, state),
    (path) => matchRoute(REGISTRY_ROUTES, path),
    options,
  );
  return {
    ...server,
    push: (name, tag, content) => push(state, name, tag, content),
    move: (name, tag, content) => {
      mustExist(state, name, tag);
      return push(state, name, tag, content);
    },
    remove: (name, reference) => {
      mustExist(state, name, reference);
      removeManifest(repositoryOf(state.store, name), reference);
    },
    reference: (name, reference) =>
      `${server.host}/${name}${reference.includes(':') ? '@' : ':'}${reference}`,
  };
}

async function answer(exchange: Exchange, state: RegistryState): Promise<Reply> {
  const guarded = state.auth !== undefined && exchange.route !== 'token';
  const refusal = guarded ? refuse(exchange, state.auth) : undefined;
  const reply = refusal ?? (await runRoute(REGISTRY_ROUTES, exchange, state));
  const version = { 'Docker-Distribution-Api-Version': 'registry/2.0' };
  return { ...reply, headers: { ...version, ...reply.headers } };
}

function push(
  state: RegistryState,
  name: string,
  tag: string | undefined,
  content: Content,
): string {
  const repository = repositoryOf(state.store, name);
  putContent(repository, content);
  if (tag !== undefined) {
    repository.tags.set(tag, content.digest);
  }
  if (content.subject !== undefined && state.referrers === 'tag') {
    updateFallbackTag(repository, content.subject);
  }
  return content.digest;
}

function mustExist(state: RegistryState, name: string, reference: string): void {
  const repository = state.store.get(name);
  if (repository === undefined || digestNamed(repository, reference) === undefined) {
    throw new Error(`The registry holds no ${name} ${reference}; push it first.`);
  }
}
