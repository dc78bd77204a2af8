import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, image, index, temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { failure } from '../testing/client.ts';
import { openLayout } from './open-layout.ts';

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;
const app = index([image(), image({ platform: 'linux/arm64' })]);

async function layout(entries: Readonly<Record<string, Content>>): Promise<Folder> {
  const folder = await temporaryFolder();
  const put = async (digest: string, bytes: Uint8Array): Promise<void> => {
    await folder.write(join('blobs', ...digest.split(':')), bytes);
  };
  const store = async (content: Content): Promise<void> => {
    await put(content.digest, content.bytes);
    for (const [digest, bytes] of content.blobs) await put(digest, bytes);
    for (const child of content.children) await store(child);
  };
  const manifests = [];
  for (const [name, content] of Object.entries(entries)) {
    await store(content);
    const annotations = { 'org.opencontainers.image.ref.name': name };
    manifests.push({ ...content.descriptor, annotations });
  }
  await folder.write('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  await folder.write('index.json', JSON.stringify({ schemaVersion: 2, manifests }));
  return folder;
}

describe('an image layout on disk', () => {
  test('is read as a registry is', async () => {
    await using folder = await layout({ v1: app, 'docker.io/library/other:v2': image() });
    const { registry, reference } = openLayout(`oci:${folder.path}:v1`);
    expect(await registry.resolve(reference)).toMatchObject({
      digest: app.digest,
      mediaType: app.mediaType,
    });
    expect(await registry.platforms(reference)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(await registry.tags(reference)).toEqual(['v1', 'v2']);
    const config = await registry.config(reference, { platform: 'linux/arm64' });
    expect(Buffer.from(config.bytes).toString()).toContain('arm64');
    const other = openLayout(`oci:${folder.path}:v2`);
    expect((await other.registry.resolve(other.reference)).digest).toBe(image().digest);
  });

  test('with one image needs no name, and any image can be named by digest', async () => {
    await using folder = await layout({ v1: app });
    for (const text of [`oci:${folder.path}`, `oci:${folder.path}@${app.digest}`]) {
      const { registry, reference } = openLayout(text);
      expect((await registry.resolve(reference)).digest).toBe(app.digest);
    }
    const { registry, reference } = openLayout(`oci:${folder.path}:v9`);
    expect((await failure(registry.resolve(reference))).code).toBe('NOT_FOUND');
  });

  test('holds the referrers of its images', async () => {
    const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });
    await using folder = await layout({ v1: app, signature, other: image() });
    const { registry, reference } = openLayout(`oci:${folder.path}:v1`);
    expect(await registry.referrers(reference)).toMatchObject([
      { digest: signature.digest, artifactType: 'application/vnd.example.signature' },
    ]);
  });

  test('that was changed, holds links, or is none is refused', async () => {
    await using folder = await layout({ v1: app });
    const { registry, reference } = openLayout(`oci:${folder.path}:v1`);
    const blob = join('blobs', ...app.digest.split(':'));
    await folder.write(blob, `${app.bytes} `);
    expect((await failure(registry.manifest(reference))).code).toBe('DIGEST_MISMATCH');

    await using linked = await layout({ v2: image() });
    await symlink('/etc/passwd', join(linked.path, 'blobs/sha256', 'a'.repeat(64)));
    const link = openLayout(`oci:${linked.path}@sha256:${'a'.repeat(64)}`);
    expect((await failure(link.registry.manifest(link.reference))).code).toBe('PROTOCOL');

    const none = openLayout('oci:/nonexistent');
    expect((await failure(none.registry.resolve(none.reference))).message).toContain(
      'no image layout',
    );
  });

  test.each(['oci:', 'docker:x', '/path', 'oci:@sha256:ab'])('is not named by %j', (text) => {
    expect(() => openLayout(text)).toThrow('names no image layout');
  });
});
