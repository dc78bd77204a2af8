import { readFile } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { listFiles } from '@pindrift/forge';
import { load } from 'js-yaml';
import type { Io } from '../io.ts';

/** What renders manifests in a folder; paths are folders relative to it, `.` for the folder itself. */
export interface Layout {
  /** Kustomizations that no other one here builds on: the place for a function is the outermost. */
  readonly kustomizations: readonly Kustomization[];
  /** Helm charts that are not inside another chart. */
  readonly charts: readonly string[];
  /** kpt packages that are not inside another one. */
  readonly packages: readonly string[];
}

export interface Kustomization {
  readonly folder: string;
  /** The file's own name; kustomize reads three. */
  readonly file: string;
}

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Looks at the names of the files here as git sees them, and into the kustomizations. */
export async function readLayout(io: Io): Promise<Layout> {
  const { files } = await listFiles(['.'], { cwd: io.cwd });
  const paths = files.map(({ path }) => path);
  return {
    kustomizations: await outermost(paths, io),
    charts: foldersWith('Chart.yaml', paths),
    packages: foldersWith('Kptfile', paths),
  };
}

async function outermost(paths: readonly string[], io: Io): Promise<Kustomization[]> {
  const found = paths
    .filter((path) => KUSTOMIZATIONS.includes(posix.basename(path)))
    .map((path) => ({ folder: posix.dirname(path), file: posix.basename(path) }));
  const used = new Set<string>();
  const components = new Set<string>();
  for (const { folder, file } of found) {
    const content = await readMapping(resolve(io.cwd, folder, file));
    if (content.kind === 'Component') components.add(folder);
    for (const key of ['resources', 'components', 'bases']) {
      for (const entry of textsOf(content[key])) used.add(posix.join(folder, entry));
    }
  }
  return found.filter(({ folder }) => !used.has(folder) && !components.has(folder));
}

/** A file that is no YAML mapping is somebody else's problem; here it says nothing. */
async function readMapping(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = load(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Folders that hold a file of that name, without those inside another such folder. */
function foldersWith(name: string, paths: readonly string[]): string[] {
  const folders = paths.filter((path) => posix.basename(path) === name).map(posix.dirname);
  return folders.filter(
    (folder) => !folders.some((other) => other !== folder && isInside(folder, other)),
  );
}

function isInside(folder: string, other: string): boolean {
  return other === '.' || folder.startsWith(`${other}/`);
}
