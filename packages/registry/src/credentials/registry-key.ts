import { registryName } from '../endpoint.ts';

/**
 * The registry (and repository path, if any) that a key of `auths` or `credHelpers` names.
 * Old keys are URLs (`https://index.docker.io/v1/`); podman's may go on into the repository
 * (`quay.io/team/app`). The API path of a URL is not a repository.
 */
export function keyTarget(key: string): { readonly registry: string; readonly path: string } {
  const isUrl = /^https?:\/\//.test(key);
  const bare = key.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const slash = bare.indexOf('/');
  if (slash < 0) return { registry: registryName(bare), path: '' };
  const path = isUrl ? '' : bare.slice(slash + 1);
  return {
    registry: registryName(bare.slice(0, slash)),
    path: /^v[12](?:\/|$)/.test(path) ? '' : path,
  };
}

/** The key under which docker keeps and its helpers are asked for a registry. */
export function dockerKey(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}

/**
 * The entry for a repository: the key with the longest path that equals whole leading segments
 * of it, on exactly this registry. `quay.io/team` is for `quay.io/team/app`, never for
 * `quay.io/teams/app` nor for `quay.io.example/team/app`.
 */
export function findEntry<T>(
  entries: Readonly<Record<string, T>>,
  registry: string,
  repository: string,
): { readonly key: string; readonly value: T } | undefined {
  let best: { key: string; value: T; length: number } | undefined;
  for (const [key, value] of Object.entries(entries)) {
    const target = keyTarget(key);
    if (target.registry !== registryName(registry) || !coversPath(target.path, repository))
      continue;
    const exact = key === dockerKey(registry) || key === registry;
    const length = target.path.length * 2 + (exact ? 1 : 0);
    if (best === undefined || length > best.length) best = { key, value, length };
  }
  return best;
}

function coversPath(path: string, repository: string): boolean {
  return path === '' || repository === path || repository.startsWith(`${path}/`);
}
