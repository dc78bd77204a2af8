import { createHash } from 'node:crypto';
import type { TemporaryFolder } from '@pindrift/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registry } from '../registry.ts';
import { client, named } from '../testing/client.ts';
import { matrix } from '../testing/image-matrix.ts';
import { type Door, type DoorKind, openDoor, stockedShelf } from '../testing/real-door.ts';

const tags = Object.keys(matrix);
const doors: readonly DoorKind[] = ['plain', 'tls', 'htpasswd', 'token', 'cache'];

describe.each(['registry', 'docker-registry'] as const)('the real %s', (program) => {
  let shelf: TemporaryFolder;
  let source: Door;

  beforeAll(async () => {
    shelf = await stockedShelf(program);
    source = await openDoor(program, 'plain', { storage: shelf.path });
  });

  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await shelf[Symbol.asyncDispose]();
  });

  describe.each(doors)('behind the door %s', (kind) => {
    let door: Door;
    let registry: Registry & AsyncDisposable;

    beforeAll(async () => {
      door = await openDoor(program, kind, { storage: shelf.path, behind: source.url });
      registry = client({ environment: door.environment });
    });

    afterAll(async () => {
      await registry.close();
      await door[Symbol.asyncDispose]();
    });

    test.each(tags)('%s has the digest and the bytes that crane and skopeo see', async (tag) => {
      const reference = named(door, 'team/app', tag);
      const text = door.reference('team/app', tag);
      const found = await registry.resolve(reference);
      const { bytes } = await registry.manifest(reference);
      const [digest, manifest, raw] = await Promise.all([
        door.ask('crane', 'digest', text),
        door.ask('crane', 'manifest', text),
        door.ask('skopeo', 'inspect', '--raw', `docker://${text}`),
      ]);
      expect(found.digest).toBe(digest.toString().trim());
      expect(found).toMatchObject({
        digest: matrix[tag]?.digest,
        mediaType: matrix[tag]?.mediaType,
      });
      // crane adds a line end to what it prints.
      expect(Buffer.from(bytes).equals(withoutLineEnd(manifest))).toBe(true);
      expect(Buffer.from(bytes).equals(raw)).toBe(true);
      expect(`sha256:${createHash('sha256').update(raw).digest('hex')}`).toBe(found.digest);
    });
  });
});

function withoutLineEnd(text: Buffer): Buffer {
  return text.at(-1) === 0x0a ? text.subarray(0, -1) : text;
}
