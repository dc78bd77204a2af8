import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SkippedPath } from './listing.ts';
import { isSkippedFolder } from './skipped-folders.ts';

/** What one way of listing a folder answers, links and repositories included. */
export interface FolderListing {
  readonly entries: readonly FoundEntry[];
  readonly skipped: readonly SkippedPath[];
}

export interface FoundEntry {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** True for what is surely no link and no folder: its name decides whether it is looked at. */
  readonly isFile: boolean;
}

/** Everything below `folder` but folders; with `ignore`, without what lies in skipped folders. */
export function listWithWalk(folder: string, ignore: boolean): FolderListing {
  const entries: FoundEntry[] = [];
  const skipped: SkippedPath[] = [];
  const pending: string[] = [''];
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    for (const entry of entriesOf(folder, inside, skipped)) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (!entry.isDirectory()) entries.push({ path, isFile: entry.isFile() });
      else if (!(ignore && isSkippedFolder(entry.name))) pending.push(path);
    }
  }
  return { entries, skipped };
}

function entriesOf(folder: string, inside: string, skipped: SkippedPath[]): readonly Dirent[] {
  try {
    return readdirSync(join(folder, inside), { withFileTypes: true });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    skipped.push({ path: inside, code: 'unreadable', message: `cannot be listed (${code})` });
    return [];
  }
}
