import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ListedFile, ListOptions, SkipCode, SkippedPath } from './listing.ts';
import { notListed } from './not-listed.ts';

export interface Entry {
  /** As it is reported. */
  readonly path: string;
  readonly real: string;
  /** Real path of the folder that was named. */
  readonly folder: string;
}

/** The file, or why it is skipped; undefined for what nobody asked for and for what is gone. */
export function judgeEntry(
  entry: Entry,
  options: ListOptions,
): ListedFile | SkippedPath | undefined {
  const { path } = entry;
  try {
    const stats = lstatSync(entry.real, { throwIfNoEntry: false });
    if (stats === undefined) return missingEntry(path, options);
    const code = skipCode(entry, stats, options);
    if (code === 'unwanted') return undefined;
    if (code === 'listed') return { path, size: stats.size };
    return { path, code, message: `${path}: ${reason(code, stats, options)}` };
  } catch (error) {
    return notListed(path, error);
  }
}

/** Git lists a tracked file until its deletion is staged; a name that is no text cannot be looked up. */
function missingEntry(path: string, options: ListOptions): SkippedPath | undefined {
  if (!path.includes('\uFFFD') || !hasExtension(path, options)) return undefined;
  const message = `${path}: its name is not valid UTF-8; rename it`;
  return { path, code: 'unreadable', message };
}

function skipCode(
  entry: Entry,
  stats: Stats,
  options: ListOptions,
): SkipCode | 'listed' | 'unwanted' {
  if (stats.isDirectory()) return 'repository';
  if (stats.isSymbolicLink()) return linkCode(entry, options);
  if (!hasExtension(entry.path, options)) return 'unwanted';
  if (!stats.isFile()) return 'not-a-file';
  return stats.size > (options.maxBytes ?? Number.POSITIVE_INFINITY) ? 'too-large' : 'listed';
}

/** A link to something inside the folder is not missed: its target is listed by its own name. */
function linkCode(entry: Entry, options: ListOptions): 'symlink' | 'unwanted' {
  try {
    const target = realpathSync(entry.real);
    if (target === entry.folder || target.startsWith(join(entry.folder, sep))) return 'unwanted';
    if (statSync(target).isDirectory()) return 'symlink';
  } catch {
    // A link to nothing, or to what cannot be seen: as far as its name goes, it may be wanted.
  }
  return hasExtension(entry.path, options) ? 'symlink' : 'unwanted';
}

function reason(code: SkipCode, stats: Stats, { maxBytes }: ListOptions): string {
  if (code === 'too-large') {
    return `it has ${stats.size} bytes, more than ${maxBytes}; name the file itself to read it`;
  }
  if (code === 'symlink') {
    return 'it is a link out of the folder and is not followed; name its target to read it';
  }
  if (code === 'repository') return 'it is a submodule or another repository; name it to read it';
  return 'it is a device, socket or pipe; name the file itself to read it';
}

export function hasExtension(path: string, { extensions }: ListOptions): boolean {
  const name = path.toLowerCase();
  return extensions === undefined || extensions.some((one) => name.endsWith(one.toLowerCase()));
}
