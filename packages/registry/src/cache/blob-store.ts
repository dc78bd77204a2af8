import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bytes by digest in a folder that several processes may use at once. */
export interface BlobStore {
  /** The bytes as they lie there, not verified; undefined when there are none, or too many. */
  read(digest: string, limit: number): Promise<Uint8Array | undefined>;
  /** Keeps bytes; a folder that cannot be written to is no fault. */
  write(digest: string, bytes: Uint8Array): Promise<void>;
  /** Removes what was used longest ago, if anything was written and all is too much. */
  prune(): Promise<void>;
}

/** Bytes of all that is kept. */
const most = 268_435_456;

/** A store in `FOLDER/blobs/ALGORITHM/HEX`, readable by its user alone. */
export function blobStore(folder: string): BlobStore {
  const root = join(folder, 'blobs');
  const pathOf = (digest: string): string => join(root, ...digest.split(':'));
  let written = false;
  return {
    read: async (digest, limit) => {
      const path = pathOf(digest);
      try {
        if ((await stat(path)).size > limit) return undefined;
        const bytes = await readFile(path);
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return bytes;
      } catch {
        return undefined;
      }
    },
    write: async (digest, bytes) => {
      written = true;
      await putFile(pathOf(digest), bytes).catch(() => undefined);
    },
    prune: async () => {
      if (written) await pruneFolder(root).catch(() => undefined);
    },
  };
}

/** Whole or not at all: written beside its place, flushed, then renamed into it. */
async function putFile(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function pruneFolder(root: string): Promise<void> {
  const names = await readdir(root, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(root, name);
      const { size, mtimeMs, isFile } = await stat(path).then((status) => ({
        size: status.size,
        mtimeMs: status.mtimeMs,
        isFile: status.isFile(),
      }));
      return { path, size, mtimeMs, isFile };
    }),
  );
  const kept = files.filter(({ isFile }) => isFile).sort((a, b) => b.mtimeMs - a.mtimeMs);
  let total = 0;
  for (const { path, size } of kept) {
    total += size;
    if (total > most) await rm(path, { force: true });
  }
}
