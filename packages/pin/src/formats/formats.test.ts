import { cases } from '@pindrift/testing/cases';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byImage } from '../lock/lock.ts';
import { FORMATS } from './formats.ts';

function named(name: string): (typeof FORMATS)[number] {
  const format = FORMATS.find((one) => one.name === name);
  if (format === undefined) throw new Error(`no format ${name}`);
  return format;
}

describe('files of other tools', () => {
  cases(new URL('../../testdata/formats', import.meta.url), async (oneCase) => {
    const format = named(oneCase.text('format.txt').trim());
    const file = oneCase.inputName;
    const { entries, skipped } = await format.read(oneCase.input.toString(), file);
    return {
      'expected.entries.txt': entries.map(({ image, digest }) => `${image} ${digest}\n`).join(''),
      'expected.skipped.txt': skipped.map(({ image, reason }) => `${image}: ${reason}\n`).join(''),
      'expected.written.txt': format.write(entries),
    };
  });
});

const digest = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
  .map((hex) => `sha256:${hex}`);
const image = fc.constantFrom(
  'docker.io/library/nginx:1.27',
  'docker.io/library/nginx:latest',
  'docker.io/bitnami/redis:7.4.1-debian-12',
  'ghcr.io/acme/web:latest',
  'ghcr.io/acme/web:v1.0_a',
  'localhost:5000/a/b:1.10',
  '[::1]:5000/a:true',
);
const entries = fc
  .uniqueArray(fc.record({ image, digest }), { selector: (entry) => entry.image })
  .map((list) => list.toSorted(byImage));

test.each(FORMATS.map(({ name }) => name))('%s reads back what it writes', async (name) => {
  const format = named(name);
  const property = fc.asyncProperty(entries, async (list) => {
    const read = await format.read(format.write(list), 'x');
    expect(read).toEqual({ entries: list, skipped: [] });
  });
  await fc.assert(property, { numRuns: 100 });
});

test.each(FORMATS.map(({ name }) => name))('%s refuses what is something else', async (name) => {
  const reading = named(name).read('apiVersion: v1\nkind: Pod\n', 'pod.yaml');
  await expect(reading).rejects.toMatchObject({ code: 'bad-format' });
  await expect(reading).rejects.toThrow(/^pod\.yaml/);
});

test('one tag with two digests is refused', async () => {
  const [a, b] = ['a', 'b'].map((character) => `sha256:${character.repeat(64)}`);
  const reading = named('ko').read(`q.io/a/b:1@${a}\nq.io/a/b:1@${b}\n`, 'refs');
  await expect(reading).rejects.toThrow('refs: gives q.io/a/b:1 two different digests');
});
