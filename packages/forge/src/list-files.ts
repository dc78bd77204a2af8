import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { hasExtension, judgeEntry } from './judge-entry.ts';
import { listWithGit } from './list-with-git.ts';
import { listWithWalk } from './list-with-walk.ts';
import type { FileListing, ListedFile, ListOptions, SkippedPath } from './listing.ts';
import { notListed } from './not-listed.ts';
import { isInSkippedFolder } from './skipped-folders.ts';

/**
 * The files below `paths` as git sees them: tracked, or untracked and not ignored. Outside a git
 * work tree, and for a folder that is ignored itself, every file. `.git`, `node_modules`, `vendor`
 * and `.terraform` are skipped in both.
 *
 * A path that names a file is always listed, whatever its ending, size, kind or ignore rules. Links
 * inside a folder are never followed. What could not be looked at is a value in `skipped`, not an
 * error; nothing is thrown for the state of the file system. No program that a repository's own
 * configuration names is started.
 */
export async function listFiles(
  paths: readonly string[],
  options: ListOptions = {},
): Promise<FileListing> {
  const files = new Map<string, ListedFile>();
  const skipped = new Map<string, SkippedPath>();
  for (const path of paths) {
    const listing = await listPath(path, options);
    for (const one of listing.skipped) skipped.set(one.message, one);
    for (const [real, file] of listing.files) if (!files.has(real)) files.set(real, file);
  }
  return { files: [...files.values()].sort(byPath), skipped: [...skipped.values()].sort(byPath) };
}

interface Listing {
  /** By real path, so that two spellings of one file are one file. */
  readonly files: Map<string, ListedFile>;
  readonly skipped: SkippedPath[];
}

async function listPath(path: string, options: ListOptions): Promise<Listing> {
  const absolute = resolve(options.cwd ?? '.', path);
  try {
    const stats = statSync(absolute);
    if (stats.isDirectory()) return await listFolder(path, realpathSync(absolute), options);
    const named = { path: slashes(path), size: stats.size };
    return { files: new Map([[realpathOf(absolute), named]]), skipped: [] };
  } catch (error) {
    return { files: new Map(), skipped: [notListed(slashes(path), error)] };
  }
}

async function listFolder(path: string, folder: string, options: ListOptions): Promise<Listing> {
  const ignore = options.ignore ?? true;
  const found = (ignore ? await listWithGit(folder) : undefined) ?? listWithWalk(folder, ignore);
  const skipped = found.skipped.map((one) => rebase(path, one));
  const files = new Map<string, ListedFile>();
  const throughLink = linkedFolders(folder);
  for (const { path: inside, isFile } of found.entries) {
    if (isFile && !hasExtension(inside, options)) continue;
    if (ignore && isInSkippedFolder(inside)) continue;
    const entry = { path: below(path, inside), real: join(folder, inside), folder };
    const judged = throughLink(entry) ? undefined : judgeEntry(entry, options);
    if (judged === undefined) continue;
    if ('size' in judged) files.set(entry.real, judged);
    else skipped.push(judged);
  }
  return { files, skipped };
}

function rebase(folder: string, { path, code, message }: SkippedPath): SkippedPath {
  const whole = below(folder, path);
  return { path: whole, code, message: `${whole}: ${message}` };
}

/** A tracked folder may have been replaced by a link: what git lists below it lies elsewhere. */
function linkedFolders(root: string): (entry: { readonly real: string }) => boolean {
  const known = new Map<string, boolean>([[root, false]]);
  return ({ real }) => {
    const folder = dirname(real);
    const linked = known.get(folder) ?? realpathOf(folder) !== folder;
    known.set(folder, linked);
    return linked;
  };
}

/** A pipe such as /dev/fd/63 has no path of its own. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function below(path: string, inside: string): string {
  if (inside === '') return slashes(path);
  const base = slashes(path)
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '');
  if (base === '.' || base === '') return path.startsWith('/') ? `/${inside}` : inside;
  return `${base}/${inside}`;
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
