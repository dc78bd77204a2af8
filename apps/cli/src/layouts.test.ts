import { join } from 'node:path';
import { type Content, image, index } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { type WorkFolder, workFolder } from './testing/folder.ts';
import { readDocument } from './testing/schema.ts';

const arm = image({ platform: 'linux/arm64' });
const app = index([image(), arm]);

test('an image of a layout is looked at as one of a registry, without a network', async () => {
  await using folder = await layout({ v1: app, v2: image() });
  const run = async (...argv: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await folder.run(...argv, '--offline');
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  for (const name of [
    'oci:images:v1',
    `oci:./images@${app.digest}`,
    `oci:${folder.path}/images:v1`,
  ]) {
    expect(await run('resolve', name)).toBe(`${app.digest}\n`);
    expect(await run('platforms', name)).toBe('linux/amd64\nlinux/arm64\n');
  }
  expect(await run('resolve', 'oci:images:v1', '--platform', 'linux/arm64')).toBe(
    `${arm.digest}\n`,
  );
  expect(await run('manifest', 'oci:images:v1')).toBe(app.bytes.toString());
  expect(JSON.parse(await run('config', 'oci:images:v1', '--platform=linux/arm64'))).toMatchObject({
    architecture: 'arm64',
  });
  expect(await run('tags', 'oci:images')).toBe('v1\nv2\n');
});

test('it is called in documents as it was typed', async () => {
  await using folder = await layout({ v1: app });
  for (const verb of ['manifest', 'config', 'platforms', 'tags', 'resolve']) {
    const { stdout } = await folder.run(verb, 'oci:images:v1', '--format', 'json');
    expect(JSON.stringify(readDocument(stdout)), verb).toContain('"oci:images:v1"');
    expect(stdout).not.toContain('oci/layout');
  }
});

test('what is not there is said with its folder', async () => {
  await using folder = await layout({ v1: app });
  const gone = await folder.run('resolve', 'oci:images:v9');
  expect(gone).toMatchObject({ code: 1, stdout: '' });
  expect(gone.stderr).toMatch(/dangling: oci:images:v9: .*is not in .*images/);
  const none = await folder.run('manifest', 'oci:nowhere');
  expect(none).toMatchObject({ code: 2, stdout: '' });
  expect(none.stderr).toContain('there is no image layout');
  const wrong = await folder.run('manifest', 'oci:');
  expect(wrong.stderr).toContain('write it as oci:DIRECTORY, oci:DIRECTORY:NAME');
});

/** A folder with a layout in `images`. */
async function layout(entries: Readonly<Record<string, Content>>): Promise<WorkFolder> {
  const folder = await workFolder();
  const put = async (content: Content): Promise<void> => {
    for (const [digest, bytes] of [[content.digest, content.bytes] as const, ...content.blobs]) {
      await folder.write(join('images/blobs', ...digest.split(':')), bytes);
    }
    for (const child of content.children) await put(child);
  };
  const manifests = [];
  for (const [name, content] of Object.entries(entries)) {
    await put(content);
    const annotations = { 'org.opencontainers.image.ref.name': name };
    manifests.push({ ...content.descriptor, annotations });
  }
  await folder.write('images/oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  await folder.write('images/index.json', JSON.stringify({ schemaVersion: 2, manifests }));
  return folder;
}
