import { image, index, type TemporaryFolder } from '@pindrift/testing';
import { pushTo, startDistribution } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registry } from '../registry.ts';
import { client, collect, failure, named } from '../testing/client.ts';
import { matrix } from '../testing/image-matrix.ts';
import { type Door, openDoor, stockedShelf } from '../testing/real-door.ts';

const nobody = `sha256:${'0'.repeat(64)}`;
const multi = ['index', 'list-docker', 'index-with-evidence'] as const;

describe.each(['registry', 'docker-registry'] as const)(
  'of the real %s, with tokens',
  (program) => {
    let shelf: TemporaryFolder;
    let door: Door;
    let registry: Registry & AsyncDisposable;

    beforeAll(async () => {
      shelf = await stockedShelf(program);
      door = await openDoor(program, 'token', { storage: shelf.path });
      registry = client({ environment: door.environment });
    });

    afterAll(async () => {
      await registry.close();
      await door[Symbol.asyncDispose]();
      await shelf[Symbol.asyncDispose]();
    });

    const inApp = (reference: string): ReturnType<typeof named> =>
      named(door, 'team/app', reference);
    const ask = async (...args: Parameters<Door['ask']>): Promise<string> =>
      (await door.ask(...args)).toString().trim();

    test.each(multi)('each platform of %s is the image that crane selects', async (tag) => {
      const text = door.reference('team/app', tag);
      const platforms = await registry.platforms(inApp(tag));
      expect(platforms.length).toBeGreaterThan(0);
      for (const platform of platforms) {
        const { digest } = await registry.resolve(inApp(tag), { platform });
        expect(digest).toBe(await ask('crane', 'digest', '--platform', platform, text));
        const config = await registry.config(inApp(tag), { platform });
        const theirs = await ask('crane', 'config', '--platform', platform, text);
        expect(Buffer.from(config.bytes).toString()).toBe(theirs);
      }
    });

    test('the configuration of an image is what skopeo reads, byte for byte', async () => {
      for (const tag of ['single', 'single-docker', 'single-arm']) {
        const raw = ['--config', '--raw', `docker://${door.reference('team/app', tag)}`];
        const theirs = await door.ask('skopeo', 'inspect', ...raw);
        const { bytes, digest } = await registry.config(inApp(tag));
        expect(Buffer.from(bytes).equals(theirs)).toBe(true);
        expect(matrix[tag]?.blobs.has(digest)).toBe(true);
      }
    });

    test('the platform of a single image comes from its configuration', async () => {
      expect(await registry.platforms(inApp('single-arm'))).toEqual(['linux/arm/v7']);
      const other = registry.resolve(inApp('single-arm'), { platform: 'linux/amd64' });
      expect((await failure(other)).code).toBe('PLATFORM_NOT_FOUND');
    });

    test('a digest is there or is not, and by digest the bytes are the same', async () => {
      for (const [tag, { digest, bytes }] of Object.entries(matrix)) {
        expect((await registry.resolve(inApp(digest))).digest, tag).toBe(digest);
        expect(Buffer.from((await registry.manifest(inApp(digest))).bytes).equals(bytes)).toBe(
          true,
        );
      }
      expect(await failure(registry.resolve(inApp(nobody)))).toMatchObject({
        code: 'NOT_FOUND',
        status: 404,
        registryCode: 'MANIFEST_UNKNOWN',
      });
    });

    test('a missing tag and a missing repository are told apart in the words of the registry', async () => {
      const tag = await failure(registry.resolve(inApp('none')));
      expect(tag).toMatchObject({ code: 'NOT_FOUND', registryCode: 'MANIFEST_UNKNOWN' });
      const repository = await failure(registry.tags(named(door, 'team/none', 'v1')));
      expect(repository).toMatchObject({ code: 'NOT_FOUND', registryCode: 'NAME_UNKNOWN' });
    });

    test('the tags are those that crane and skopeo list', async () => {
      const ours = [...(await registry.tags(inApp('single')))].toSorted();
      expect(ours).toEqual(Object.keys(matrix).toSorted());
      const repository = `${door.host}/team/app`;
      expect((await ask('crane', 'ls', repository)).split('\n').toSorted()).toEqual(ours);
      const listed = JSON.parse(await ask('skopeo', 'list-tags', `docker://${repository}`));
      expect(listed.Tags.toSorted()).toEqual(ours);
    });

    test('blobs are what crane reads', async () => {
      for (const [digest, bytes] of matrix['many-layers']?.blobs ?? []) {
        const text = door.reference('team/app', digest);
        const [ours, theirs] = await Promise.all([
          collect(registry.blob(inApp(digest))),
          door.ask('crane', 'blob', text),
        ]);
        expect(ours.equals(theirs) && ours.equals(bytes)).toBe(true);
      }
      expect((await failure(collect(registry.blob(inApp(nobody))))).code).toBe('NOT_FOUND');
    });
  },
);

describe.each(['registry', 'docker-registry'] as const)('of the real %s', (program) => {
  test('1,250 tags come in pages or at once, all of them, in semver order', async () => {
    await using server = await startDistribution(program);
    await using registry = client();
    const tags = Array.from({ length: 1250 }, (_, n) => `1.${Math.floor(n / 100)}.${n % 100}`);
    for (let n = 0; n < tags.length; n += 50) {
      const batch = tags.toReversed().slice(n, n + 50);
      await Promise.all(batch.map((tag) => pushTo(server.url, 'app', tag, image())));
    }
    const reference = { reference: (name: string, tag: string) => `${server.host}/${name}:${tag}` };
    expect(await registry.tags(named(reference, 'app', 'v1'))).toEqual(tags);
  });

  test('referrers are in the fallback tag, for there is no API', async () => {
    await using server = await startDistribution(program);
    await using registry = client();
    const subject = image();
    const signature = image({ artifactType: 'application/vnd.example.sig', subject });
    const sbom = image({ artifactType: 'application/vnd.example.sbom', subject });
    await pushTo(server.url, 'app', 'v1', subject);
    const at = { reference: (name: string, tag: string) => `${server.host}/${name}:${tag}` };
    expect(await registry.referrers(named(at, 'app', 'v1'))).toEqual([]);
    await pushTo(server.url, 'app', subject.digest.replace(':', '-'), index([signature, sbom]));
    const digests = async (artifactType?: string): Promise<string[]> => {
      const options = artifactType === undefined ? {} : { artifactType };
      const found = await registry.referrers(named(at, 'app', 'v1'), options);
      return found.map(({ digest }) => digest);
    };
    expect(await digests()).toEqual([signature.digest, sbom.digest]);
    expect(await digests('application/vnd.example.sbom')).toEqual([sbom.digest]);
  });
});
