import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { listFiles, type SkipCode } from '@pindrift/forge';
import { type Finding, fileFinding } from '@pindrift/pin';
import type { OnEvent } from './scan-event.ts';

/** One file to look into. */
export interface SourceFile {
  /** As it is reported. */
  readonly path: string;
  readonly absolute: string;
}

export interface SourceListing {
  readonly files: readonly SourceFile[];
  /** One for everything that should have been read and cannot be. */
  readonly findings: readonly Finding[];
  /** Folders above which no lock and no configuration is looked for. */
  readonly tops: ReadonlySet<string>;
}

export interface SourceOptions {
  readonly cwd: string;
  /** False reads what git ignores, too. */
  readonly gitignore: boolean;
  readonly onEvent: OnEvent;
}

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Manifests that people write stay below a hundredth of this; bytes. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** What is left out by intent, and said without making the scan unknown. */
const LEFT_OUT: readonly SkipCode[] = ['symlink', 'repository', 'git-failed'];

/** The files of folders and work trees as git sees them, and the files that are named themselves. */
export async function listSources(
  sources: readonly string[],
  { cwd, gitignore, onEvent }: SourceOptions,
): Promise<SourceListing> {
  const { files, skipped } = await listFiles(sources, {
    cwd,
    ignore: gitignore,
    extensions: EXTENSIONS,
    maxBytes: LARGEST_FILE,
  });
  const findings: Finding[] = [];
  for (const { path, code, message } of skipped) {
    if (LEFT_OUT.includes(code)) onEvent({ kind: 'note', message });
    else findings.push(fileFinding(path, message));
  }
  onEvent({ kind: 'listed', files: files.length });
  return {
    files: files.map(({ path }) => ({ path, absolute: resolve(cwd, path) })),
    findings,
    tops: new Set(sources.map((source) => topOf(resolve(cwd, source)))),
  };
}

/** As a path is shown: absolute where its neighbour was named so, else from the working directory. */
export function shownBeside(neighbour: SourceFile, absolute: string, cwd: string): string {
  return isAbsolute(neighbour.path) ? absolute : relative(cwd, absolute);
}

/** The root of the repository that a source lies in; without one, the folder itself. */
function topOf(source: string): string {
  const folder = isFolder(source) ? source : dirname(source);
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return above;
    if (above === dirname(above)) return folder;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
