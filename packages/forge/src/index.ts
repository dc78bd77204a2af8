export { listFiles } from './list-files.ts';
export type { FileListing, ListedFile, ListOptions, SkipCode, SkippedPath } from './listing.ts';
