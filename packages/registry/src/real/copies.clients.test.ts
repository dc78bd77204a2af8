import { image, index, type TemporaryFolder, temporaryFolder } from '@pindrift/testing';
import { pushTo } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLayout } from '../layout/open-layout.ts';
import type { Registry } from '../registry.ts';
import { client, named } from '../testing/client.ts';
import { matrix } from '../testing/image-matrix.ts';
import { type Door, openDoor, stockedShelf } from '../testing/real-door.ts';

const tags = Object.keys(matrix);

describe.each([
  ['registry', 'docker-registry'],
  ['docker-registry', 'registry'],
] as const)('from the real %s to %s behind TLS and tokens', (source, target) => {
  let shelves: readonly TemporaryFolder[];
  let from: Door;
  let to: Door;
  let registry: Registry & AsyncDisposable;

  beforeAll(async () => {
    const [full, empty] = await Promise.all([stockedShelf(source), temporaryFolder()]);
    shelves = [full, empty];
    from = await openDoor(source, 'plain', { storage: full.path });
    to = await openDoor(target, 'token', { storage: empty.path });
    registry = client({ environment: to.environment });
  });

  afterAll(async () => {
    await registry.close();
    await Promise.all([from[Symbol.asyncDispose](), to[Symbol.asyncDispose]()]);
    await Promise.all(shelves.map((shelf) => shelf[Symbol.asyncDispose]()));
  });

  test.each(tags)('%s is copied with its digest, as crane and skopeo see it', async (tag) => {
    const target = named(to, 'prod/app', tag);
    const { digest } = await registry.copy(named(from, 'team/app', tag), target);
    expect(digest).toBe(matrix[tag]?.digest);
    const text = to.reference('prod/app', tag);
    expect((await to.ask('crane', 'digest', text)).toString().trim()).toBe(digest);
    const raw = await to.ask('skopeo', 'inspect', '--raw', `docker://${text}`);
    expect(raw.equals(matrix[tag]?.bytes ?? Buffer.alloc(0))).toBe(true);
    if (tag === 'index' || tag === 'single') {
      expect((await to.ask('crane', 'validate', '--remote', text)).toString()).toContain('PASS');
    }
  });

  test('what is there already is not sent again, and between repositories it is mounted', async () => {
    const first = named(to, 'prod/app', 'many-layers');
    await registry.copy(named(from, 'team/app', 'many-layers'), first);
    const again = await registry.copy(named(from, 'team/app', 'many-layers'), first);
    expect(again.blobs).toEqual({ sent: 0, mounted: 0, present: 4 });
    const moved = await registry.copy(first, named(to, 'released/app', 'v1'));
    expect(moved.blobs).toEqual({ sent: 0, mounted: 4, present: 0 });
    const digest = await to.ask('crane', 'digest', to.reference('released/app', 'v1'));
    expect(digest.toString().trim()).toBe(moved.digest);
  });

  test('referrers come along, and are found where there is no API for them', async () => {
    const app = index([image(), image({ platform: 'linux/s390x' })]);
    const signature = image({ artifactType: 'application/vnd.example.sig', subject: app });
    await pushTo(from.url, 'team/signed', 'v1', app);
    const fallback = app.digest.replace(':', '-');
    await pushTo(from.url, 'team/signed', fallback, index([signature]));
    const target = named(to, 'prod/signed', 'v1');
    const { digest } = await registry.copy(named(from, 'team/signed', 'v1'), target);
    await using reader = client({ environment: to.environment });
    const found = await reader.referrers(target);
    expect(found.map((item) => item.digest)).toEqual([signature.digest]);
    expect(digest).toBe(app.digest);
    const listed = await to.ask('crane', 'manifest', to.reference('prod/signed', fallback));
    expect(listed.toString()).toContain(signature.digest);
  });

  test('without referrers only the image is copied', async () => {
    const target = named(to, 'prod/unsigned', 'v1');
    const options = { referrers: false };
    await registry.copy(named(from, 'team/app', 'single'), target, options);
    expect(await registry.tags(target)).toEqual(['v1']);
  });
});

describe('an image layout on disk', () => {
  let shelf: TemporaryFolder;
  let door: Door;

  beforeAll(async () => {
    shelf = await stockedShelf('registry');
    door = await openDoor('registry', 'plain', { storage: shelf.path });
  });

  afterAll(async () => {
    await door[Symbol.asyncDispose]();
    await shelf[Symbol.asyncDispose]();
  });

  test.each(['single', 'single-arm', 'index', 'index-with-evidence'])(
    'that skopeo or crane wrote holds %s with its digest, its platforms and its configurations',
    async (tag) => {
      await using folder = await temporaryFolder();
      const text = door.reference('team/app', tag);
      const all = ['--all', '--src-tls-verify=false'];
      const [bySkopeo, byCrane] = [`${folder.path}/skopeo`, `${folder.path}/crane`];
      await door.ask('skopeo', 'copy', ...all, `docker://${text}`, `oci:${bySkopeo}:v1`);
      await door.ask('crane', 'pull', '--format', 'oci', text, byCrane);
      await using registry = client();
      const reference = named(door, 'team/app', tag);
      for (const layout of [`oci:${bySkopeo}:v1`, `oci:${byCrane}`]) {
        const opened = openLayout(layout);
        expect((await opened.registry.resolve(opened.reference)).digest).toBe(matrix[tag]?.digest);
        const platforms = await opened.registry.platforms(opened.reference);
        expect(platforms).toEqual(await registry.platforms(reference));
        for (const platform of platforms) {
          const inLayout = await opened.registry.config(opened.reference, { platform });
          const inRegistry = await registry.config(reference, { platform });
          expect(inLayout.digest).toBe(inRegistry.digest);
        }
      }
    },
  );
});
