import { randomUUID } from 'node:crypto';
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PinError } from '../pin-error.ts';

/** The right to write one file, held by one process at a time. */
export interface FileGuard {
  /** Whether the right is still ours: a process that slept for long may have lost it. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export interface GuardOptions {
  /** Milliseconds to wait for another process; default 10,000. */
  readonly patience?: number;
}

/** Milliseconds. Writing a lock takes a few; whoever holds it this long has died on another host. */
const STALE = 60_000;

/** Milliseconds between two looks. */
const INTERVAL = 15;

/**
 * Waits until no other process writes `target`, and keeps others waiting until `release`. A guard
 * whose process has died is taken over at once; one of another host after a minute.
 *
 * Throws `PinError` `busy` when it takes longer than `patience`.
 */
export async function guardFile(target: string, options: GuardOptions = {}): Promise<FileGuard> {
  const { patience = 10_000 } = options;
  const path = join(dirname(target), `.${basename(target)}.guard`);
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  const until = Date.now() + patience;
  while (!(await take(path, owner))) {
    const holder = await readText(path);
    if (holder === undefined) continue;
    if (await isStale(path, holder)) await remove(path, holder);
    else if (Date.now() > until) throw busy(target, path, holder);
    else await wait(INTERVAL);
  }
  return {
    isHeld: async () => (await readText(path)) === owner,
    release: () => remove(path, owner),
  };
}

/** A hard link is made or it is not; the guard never stands there without its owner in it. */
async function take(path: string, owner: string): Promise<boolean> {
  const own = `${path}-${owner.slice(owner.lastIndexOf(' ') + 1)}`;
  await writeFile(own, owner, { flag: 'wx' }).catch((error: unknown) => {
    throw new PinError('cannot-write', `${own}: could not be written: ${String(error)}`, {
      cause: error,
    });
  });
  try {
    await link(own, path).catch(async (error: unknown) => {
      if (errorCode(error) === 'EEXIST') throw error;
      // exFAT and some network file systems have no links.
      await writeFile(path, owner, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(own);
  }
}

async function isStale(path: string, holder: string): Promise<boolean> {
  const [host, pid] = holder.split(' ');
  if (host === hostname() && !isAlive(Number(pid))) return true;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE;
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * Removes the guard if it is still `owner`'s. It is moved away first: two processes that see the
 * same stale guard cannot both remove it, and one that has caught a fresh guard puts it back.
 */
async function remove(path: string, owner: string): Promise<void> {
  const away = `${path}-${randomUUID()}`;
  try {
    if ((await readText(path)) !== owner) return;
    await rename(path, away);
    if ((await readText(away)) !== owner) await link(away, path).catch(() => undefined);
    await unlink(away);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined);
}

function busy(target: string, path: string, holder: string): PinError {
  const [host, pid] = holder.split(' ');
  return new PinError(
    'busy',
    `${target}: process ${pid} on ${host} is writing it; wait for it, or remove ${path} if there is no such process`,
  );
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
