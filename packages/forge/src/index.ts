export {
  type FileListing,
  type ListedFile,
  type ListOptions,
  listFiles,
  type SkipCode,
  type SkippedPath,
} from './list-files.ts';
