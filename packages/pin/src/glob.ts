import picomatch from 'picomatch';

/** Matches texts against a glob in which `*` stays inside one segment. Import it lazily. */
export function globMatcher(pattern: string): (text: string) => boolean {
  return picomatch(pattern, { dot: true });
}
