import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { asText, parseJsonObject } from '../json.ts';
import { isVerifiableDigest } from '../manifest/digest.ts';
import type { Resolved } from '../registry.ts';

/** What tags meant a short while ago, kept only where somebody asked for that. */
export interface TagStore {
  /** The answer for a name (`docker.io/library/nginx:1.27`), when it is young enough. */
  read(name: string): Promise<Resolved | undefined>;
  write(name: string, resolved: Resolved): Promise<void>;
}

/** Answers in `FOLDER/tags`, not used once they are older than `ttl` milliseconds. */
export function tagStore(folder: string, ttl: number, clock: Clock): TagStore {
  const root = join(folder, 'tags');
  const pathOf = (name: string): string =>
    join(root, `${createHash('sha256').update(name).digest('hex')}.json`);
  return {
    read: async (name) => {
      const bytes = await readFile(pathOf(name)).catch(() => undefined);
      const kept = bytes === undefined ? undefined : parseJsonObject(bytes);
      const age = clock.now() - Number(kept?.at);
      if (kept?.name !== name || !(age >= 0 && age < ttl)) return undefined;
      const mediaType = asText(kept.mediaType);
      if (!isVerifiableDigest(kept.digest) || mediaType === undefined) return undefined;
      const size = typeof kept.size === 'number' ? kept.size : undefined;
      return { digest: kept.digest, mediaType, size, verified: false };
    },
    write: async (name, { digest, mediaType, size }) => {
      const text = JSON.stringify({ name, digest, mediaType, size, at: clock.now() });
      const draft = `${pathOf(name)}.${process.pid}.${randomUUID()}`;
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
        await rename(draft, pathOf(name));
      } catch {
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
}
