/** The scope for reading a repository. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/** What a request does to repositories. */
export interface Need {
  readonly repository: string;
  /** True for a push. */
  readonly writes: boolean;
  readonly alsoReads?: string | undefined;
}

/** The scopes that a request needs by itself. */
export function needScopes({ repository, writes, alsoReads }: Need): readonly string[] {
  const own = writes ? `repository:${repository}:pull,push` : pullScope(repository);
  return alsoReads === undefined ? [own] : [own, pullScope(alsoReads)];
}

/** One text for all requests that a token serves alike. */
export function needKey(need: Need): string {
  return needScopes(need).join(' ');
}

/**
 * The scopes to ask for after a challenge. What it names is taken, with the actions on a
 * repository cut down to reading unless the request writes to it: a registry must not make its
 * user's credentials issue more than is needed. Without any, those of the request.
 */
export function scopesFor(challenged: string | undefined, need: Need): readonly string[] {
  const wanted = (challenged ?? '').split(' ').filter((scope) => /^[\x21-\x7e]+$/.test(scope));
  const scopes = new Set(wanted.slice(0, 8).map((scope) => cutDown(scope, need)));
  return scopes.size === 0 ? needScopes(need) : [...scopes];
}

function cutDown(scope: string, { repository, writes }: Need): string {
  const name = /^repository:(.+):[^:]*$/.exec(scope)?.[1];
  if (name === undefined) return scope;
  return writes && name === repository ? `repository:${name}:pull,push` : pullScope(name);
}
