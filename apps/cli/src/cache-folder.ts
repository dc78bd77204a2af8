import { isAbsolute, join } from 'node:path';

/**
 * Where manifests are kept by digest: `pindrift` in `XDG_CACHE_HOME`, which counts only where it is
 * absolute (XDG Base Directory Specification), else in `~/.cache`.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const { XDG_CACHE_HOME: named = '' } = env;
  return join(isAbsolute(named) ? named : join(home, '.cache'), 'pindrift');
}
