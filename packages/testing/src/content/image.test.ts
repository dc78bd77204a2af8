import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rawManifest } from './content.ts';
import { digestOf } from './digest.ts';
import { image } from './image.ts';
import { index } from './index-of.ts';
import { gzipStored, tarOf } from './layer.ts';
import { MEDIA_TYPE } from './media-type.ts';

describe('an image', () => {
  test('has the same digest for the same options, on every machine', () => {
    expect(image().digest).toBe(
      'sha256:bbfa0bc5b0c4dbfd85a75f606436db449e56a5be471f2bcfbae54cdba721ebfe',
    );
    expect(image().digest).toBe(image().digest);
    expect(image({ layers: ['other'] }).digest).not.toBe(image().digest);
  });

  test('has a descriptor that tells its platform, size and digest', () => {
    const arm = image({ platform: 'linux/arm/v7' });
    expect(arm.descriptor).toEqual({
      mediaType: MEDIA_TYPE.ociManifest,
      digest: digestOf(arm.bytes),
      size: arm.bytes.length,
      platform: { architecture: 'arm', os: 'linux', variant: 'v7' },
    });
    const windows = image({ platform: 'windows/amd64:10.0.20348.2582' });
    expect(windows.descriptor.platform).toMatchObject({ 'os.version': '10.0.20348.2582' });
  });

  test('brings along its config and layers under their digests', () => {
    const { blobs, bytes } = image({ layers: ['one', 'two'] });
    const { config, layers } = JSON.parse(bytes.toString()) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    expect([...blobs.keys()]).toEqual([config.digest, ...layers.map(({ digest }) => digest)]);
    for (const [digest, blob] of blobs) {
      expect(digestOf(blob)).toBe(digest);
    }
  });

  test('in the Docker format has the Docker types', () => {
    expect(image({ format: 'docker' }).mediaType).toBe(MEDIA_TYPE.dockerManifest);
  });

  test('that is an artifact has an empty config and refers to its subject', () => {
    const app = image();
    const artifact = image({ subject: app, artifactType: 'application/vnd.example' });
    expect(artifact.subject).toBe(app.digest);
    expect(JSON.parse(artifact.bytes.toString())).toMatchObject({
      artifactType: 'application/vnd.example',
      config: { mediaType: MEDIA_TYPE.empty, size: 2 },
    });
  });
});

describe('an index', () => {
  test('lists images, indexes, and what is nowhere', () => {
    const [one, two] = [image(), index([image({ platform: 'linux/arm64' })])];
    const gone = image({ layers: ['gone'] }).descriptor;
    const all = index([one, two, gone]);
    expect(JSON.parse(all.bytes.toString()).manifests).toEqual([
      one.descriptor,
      two.descriptor,
      gone,
    ]);
    expect(all.children).toEqual([one, two]);
  });
});

describe('a layer', () => {
  test('is a gzip file of a tar archive, also beyond one stored block', () => {
    for (const size of [0, 1, 65_535, 70_000, 140_000]) {
      const bytes = Buffer.alloc(size, 'x');
      expect(gunzipSync(gzipStored(bytes)).equals(bytes)).toBe(true);
    }
    expect(tarOf('hello').length % 512).toBe(0);
  });
});

test('a raw manifest is exactly the given bytes', () => {
  const broken = rawManifest('{"schemaVersion": 1,', MEDIA_TYPE.dockerSchema1);
  expect(broken.bytes.toString()).toBe('{"schemaVersion": 1,');
  expect(broken.digest).toBe(digestOf(broken.bytes));
  expect(broken.subject).toBeUndefined();
});
