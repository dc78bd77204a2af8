import {
  constants,
  type FileHandle,
  lstat,
  open,
  readlink,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PinError } from '../pin-error.ts';

/** The points at which a writer can be stopped; a test stops it at each. */
export type WriteStep =
  | 'guarded'
  | 'read'
  | 'temporary-opened'
  | 'temporary-written'
  | 'temporary-synced'
  | 'renamed'
  | 'folder-synced'
  | 'released';

export interface ReplaceOptions {
  /** Called as each point is reached. */
  readonly onStep?: (step: WriteStep) => void;
}

/** As many links as Linux follows before it gives up (`MAXSYMLINKS`). */
const LINKS_MAX = 40;

/**
 * Replaces a file by new content, whole or not at all: a temporary file in the same folder, fsync,
 * rename, fsync of the folder. Mode and owner stay; a symbolic link stays and its target is
 * replaced. What is no file, as a device or a pipe, is refused: a rename would put a file in its
 * place, for root even in that of `/dev/null`.
 *
 * Throws `PinError` `cannot-write`; the file is then what it was.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  options: ReplaceOptions = {},
): Promise<void> {
  const { onStep = () => undefined } = options;
  await refuseDevice(path);
  const target = await followLinks(path);
  const temporary = join(dirname(target), temporaryName(target));
  try {
    await writeTemporary(temporary, target, content, onStep);
    await rename(temporary, target);
    onStep('renamed');
    await syncFolder(dirname(target));
    onStep('folder-synced');
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new PinError('cannot-write', `${path}: could not be written: ${reason}`, {
      cause: error,
    });
  }
}

async function refuseDevice(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return;
  throw new PinError('cannot-write', `${path}: could not be written: it is a device or a pipe`);
}

/** The file that a path names once its symbolic links are followed; it need not exist. */
export async function followLinks(path: string): Promise<string> {
  let target = resolve(path);
  for (let links = 0; links < LINKS_MAX; links++) {
    const stats = await lstat(target).catch(() => undefined);
    if (!stats?.isSymbolicLink()) return target;
    target = resolve(dirname(target), await readlink(target));
  }
  throw new PinError('cannot-write', `${path}: too many symbolic links`);
}

/** What a killed writer may leave behind begins like this, in the folder of the file. */
export function temporaryPrefix(target: string): string {
  return `.${basename(target)}.tmp-`;
}

function temporaryName(target: string): string {
  return `${temporaryPrefix(target)}${process.pid}-${Math.random().toString(36).slice(2)}`;
}

async function writeTemporary(
  temporary: string,
  target: string,
  content: string | Uint8Array,
  onStep: (step: WriteStep) => void,
): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666);
  try {
    onStep('temporary-opened');
    await file.writeFile(content);
    await keepOwnerAndMode(file, target);
    onStep('temporary-written');
    await file.sync();
    onStep('temporary-synced');
  } finally {
    await file.close();
  }
}

async function keepOwnerAndMode(file: FileHandle, target: string): Promise<void> {
  const before = await lstat(target).catch(() => undefined);
  if (before === undefined) return;
  const now = await file.stat();
  // Only root may give files away; for everybody else the file becomes their own, as with any editor.
  if (before.uid !== now.uid || before.gid !== now.gid) {
    await file.chown(before.uid, before.gid).catch(() => undefined);
  }
  await file.chmod(before.mode & 0o7777);
}

/** Without this a crash could undo the rename. Windows cannot open folders, and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
