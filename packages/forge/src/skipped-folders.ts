/** Folders that hold other people's files, or git's own, wherever they stand. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  'vendor',
  '.terraform',
]);

export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name);
}

/** `path` is relative, with `/`; only its folders count: a file may be called `vendor`. */
export function isInSkippedFolder(path: string): boolean {
  return path.split('/').slice(0, -1).some(isSkippedFolder);
}
