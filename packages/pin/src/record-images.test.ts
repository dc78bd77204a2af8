import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@pindrift/testing';
import { run } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { readRecord, recordImages } from './record-images.ts';

function pod(...images: string[]): Buffer {
  const containers = images.map((image) => `  - image: ${image}\n`).join('');
  return Buffer.from(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n${containers}`,
  );
}

test('what a text names is recorded once, with its place, and nothing else of the text', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'record');
  const text = pod('nginx:1.27', 'nginx:1.27', 'redis # pindrift:ignore ours', '"{{ x }}"');
  await recordImages(
    file,
    Buffer.concat([text, Buffer.from('---\nkind: Secret\ndata: {a: hunter2}\n')]),
  );
  const { images, findings } = await readRecord(file);
  expect(images.map(({ text: name, outcome }) => `${outcome} ${name}`)).toEqual([
    'kept nginx:1.27',
    'ignored redis',
    'kept {{ x }}',
  ]);
  expect(images[0]).toMatchObject({ reference: 'docker.io/library/nginx:1.27', line: 6 });
  expect(findings.map(({ code }) => code)).toEqual(['templated']);
  expect(await readFile(file, 'utf8')).not.toContain('hunter2');
});

test('a text without images makes no record, and no record is an empty one', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'record');
  await recordImages(file, Buffer.from('kind: ConfigMap\n'));
  expect(await readRecord(file)).toEqual({ images: [], findings: [] });
});

test('several processes record into one file at the same time', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'record');
  const module = new URL('record-images.ts', import.meta.url).href;
  const names = ['a', 'b', 'c', 'd'];
  const outcomes = await Promise.all(
    names.map((name) => {
      const many = Array.from(
        { length: 200 },
        (_, at) => `quay.io/${name}/${'x'.repeat(60)}:${at}`,
      );
      const script = `
        import { recordImages } from '${module}';
        await recordImages(${JSON.stringify(file)}, Buffer.from(${JSON.stringify(pod(...many).toString())}));
      `;
      return run(process.execPath, ['--input-type=module', '-e', script]);
    }),
  );
  expect(outcomes.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(names.map(() => '0'));
  const { images } = await readRecord(file);
  expect(new Set(images.map(({ text }) => text)).size).toBe(names.length * 200);
});

test('a line that a killed render left unfinished is an error, and swallows no other', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('record', '{"image":{"text":"ngi');
  await recordImages(file, pod('redis:7'));
  expect(await readFile(file, 'utf8')).toMatch(/ngi\n\{"image":.*redis:7/);
  await expect(readRecord(file)).rejects.toMatchObject({ code: 'bad-format' });
  await expect(readRecord(file)).rejects.toThrow(`${file}:1: the record is damaged`);
});
