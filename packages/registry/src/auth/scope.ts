/** The scope for reading a repository. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/**
 * The scopes to ask for after a challenge. What it names is taken, with the actions on a
 * repository cut down to reading: a registry must not make its user's credentials issue more
 * than is needed. Without any, the repository's own.
 */
export function scopesFor(challenged: string | undefined, repository: string): readonly string[] {
  const wanted = (challenged ?? '').split(' ').filter((scope) => /^[\x21-\x7e]+$/.test(scope));
  const scopes = new Set(wanted.slice(0, 8).map(readOnly));
  return scopes.size === 0 ? [pullScope(repository)] : [...scopes];
}

function readOnly(scope: string): string {
  const match = /^repository:(.+):[^:]*$/.exec(scope);
  return match?.[1] === undefined ? scope : pullScope(match[1]);
}
