import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type FolderListing, type FoundEntry, listWithWalk } from './list-with-walk.ts';
import type { SkippedPath } from './listing.ts';

/**
 * Nothing that a repository's configuration names may run, so its owner does not matter:
 * `safe.directory` spares containers, where the checkout often belongs to another user.
 */
const SAFE_CONFIG: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.untrackedCache=false',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** Set by git for its hooks; they would make git look at another repository than the folder's. */
const KEPT_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_EXEC_PATH',
]);

/** What git says where there is nothing to ask it: a plain folder, a bare repository, inside `.git`. */
const NO_WORK_TREE = /not a git repository|must be run in a work tree/;

/**
 * What git tracks below `folder`, and what is untracked and not ignored; undefined where the folder
 * lies in no work tree. Of a folder that is ignored itself git sees nothing: it is walked.
 */
export async function listWithGit(folder: string): Promise<FolderListing | undefined> {
  const [tracked, others, isInside] = await Promise.all([
    runGit(folder, ['ls-files', '-z', '--cached', '--stage']),
    runGit(folder, ['ls-files', '-z', '--others', '--exclude-standard']),
    isInWorkTree(folder),
  ]);
  const failure = tracked.failure ?? others.failure;
  if (failure !== undefined) return withoutGit(folder, failure);
  if (!isInside) return undefined;
  const found = [...trackedEntries(tracked.output), ...otherEntries(others.output)];
  const entries = found.filter(({ path }) => isBelow(path));
  if (entries.length === 0 && (await isIgnored(folder))) return listWithWalk(folder, true);
  return { entries, skipped: warnings(others.errors) };
}

/** `<mode> <object> <stage>\t<path>`; a path in conflict has up to three of them. */
function trackedEntries(output: string): readonly FoundEntry[] {
  const entries = new Map<string, FoundEntry>();
  for (const line of output.split('\0')) {
    const path = line.slice(line.indexOf('\t') + 1);
    // 100644 and 100755; 120000 is a link, 160000 a submodule, 040000 a folder outside a sparse checkout.
    entries.set(path, { path, isFile: line.startsWith('100') });
  }
  return [...entries.values()];
}

/** Git writes another repository, untracked, as `folder/`. */
function otherEntries(output: string): readonly FoundEntry[] {
  return output.split('\0').map((path) => ({ path: path.replace(/\/$/, ''), isFile: false }));
}

interface GitAnswer {
  readonly output: string;
  readonly errors: string;
  /** Why git gave no answer; undefined where it did. */
  readonly failure: string | undefined;
}

function runGit(folder: string, command: readonly string[]): Promise<GitAnswer> {
  const { promise, resolve } = Promise.withResolvers<GitAnswer>();
  execFile(
    'git',
    [...SAFE_CONFIG, ...command],
    { cwd: folder, env: safeEnvironment(), maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true },
    (error, output, errors) => {
      const failure = error === null ? undefined : errors.trim() || String(error.code);
      resolve({ output, errors, failure });
    },
  );
  return promise;
}

function safeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('GIT_') || KEPT_VARIABLES.has(name),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A partial clone could otherwise start its remote's transport to complete a sparse index.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** Silent where git has no say; where it should have had one, the walk is reported. */
function withoutGit(folder: string, failure: string): FolderListing | undefined {
  const missing = failure === 'ENOENT';
  if (missing ? !hasRepository(folder) : NO_WORK_TREE.test(failure)) return undefined;
  const reason = missing ? 'there is no program git on PATH' : firstLine(failure);
  const message = `git could not list the folder (${reason}); files that it ignores are listed too`;
  const { entries, skipped } = listWithWalk(folder, true);
  return { entries, skipped: [...skipped, { path: '', code: 'git-failed', message }] };
}

function hasRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (at === dirname(at)) return false;
  }
}

/** A repository's configuration can put its work tree somewhere else; then git speaks of other files. */
async function isInWorkTree(folder: string): Promise<boolean> {
  const { output, failure } = await runGit(folder, ['rev-parse', '--show-toplevel']);
  const top = output.replace(/\n$/, '');
  return (
    failure === undefined &&
    `${folder.replaceAll(sep, '/')}/`.startsWith(top === '/' ? top : `${top}/`)
  );
}

/** What git lists lies below the folder; nothing else is believed. */
function isBelow(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
}

function warnings(errors: string): SkippedPath[] {
  return errors
    .split('\n')
    .filter((line) => line.startsWith('warning:'))
    .map((line) => {
      const [, path = ''] = /^warning: could not open directory '(.*?)\/?': /.exec(line) ?? [];
      return { path, code: 'unreadable', message: `git: ${line.slice('warning: '.length)}` };
    });
}

async function isIgnored(folder: string): Promise<boolean> {
  return (await runGit(folder, ['check-ignore', '-q', '.'])).failure === undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
