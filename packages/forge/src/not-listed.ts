import type { SkippedPath } from './listing.ts';

/** What the file system refused, as a value. */
export function notListed(path: string, error: unknown): SkippedPath {
  const fault = error as NodeJS.ErrnoException;
  return fault.code === 'ENOENT' || fault.code === 'ENOTDIR'
    ? { path, code: 'missing', message: `${path}: there is no such file or folder` }
    : { path, code: 'unreadable', message: `${path}: cannot be read (${fault.code ?? 'unknown'})` };
}
