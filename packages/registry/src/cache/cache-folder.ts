import { isAbsolute, join } from 'node:path';

/**
 * The folder of this user for `cache`: `pindrift` in `XDG_CACHE_HOME`, which counts only where it is
 * absolute (XDG Base Directory Specification), else in `~/.cache`.
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const { XDG_CACHE_HOME: named = '' } = environment;
  return join(isAbsolute(named) ? named : join(home, '.cache'), 'pindrift');
}
