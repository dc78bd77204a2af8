import { expect, test } from 'vitest';
import type { ImageField } from './image-field.ts';
import { readImages } from './read-images.ts';

const HEAD = 'apiVersion: example.com/v1\nkind: Pair\nspec:\n';
const split = (repository: string, tag: string): ImageField => ({
  group: 'example.com',
  kind: 'Pair',
  source: 'test',
  split: [{ repository: `spec.${repository}`, tag: `spec.${tag}` }],
});
const whole: ImageField = { ...split('', ''), split: [], paths: ['spec.image', 'spec.*'] };

test.each([
  [
    'a tag of two repositories',
    '  a: nginx\n  b: redis\n  tag: "1"\n',
    [split('a', 'tag'), split('b', 'tag')],
  ],
  [
    'a tag that an alias brings to two repositories',
    '  a: {name: nginx, tag: &tag "1"}\n  b: {name: redis, tag: *tag}\n',
    [split('*.name', '*.tag')],
  ],
  [
    'a tag that is also a text',
    '  a: nginx\n  tag: &tag "1"\n  version: *tag\n',
    [split('a', 'tag')],
  ],
  ['a tag that stands elsewhere', '  x: &tag "1"\n  a: nginx\n  tag: *tag\n', [split('a', 'tag')]],
])('%s takes no digest', async (_, body, fields) => {
  const { sites } = await readImages(HEAD + body, { fields });
  expect(sites.length).toBeGreaterThan(0);
  for (const site of sites) expect(site.problem).toBe('shared-value');
});

test('a reference that is found twice stands there once', async () => {
  const body = '  a: &a {name: nginx, tag: "1"}\n  b: *a\n';
  const fields = [split('*.name', '*.tag')];
  const twice = await readImages(HEAD + body, { fields });
  expect(twice.sites.map(({ text, problem }) => [text, problem])).toEqual([['nginx:1', undefined]]);
  const { sites } = await readImages(`${HEAD}  image: nginx:1\n`, { fields: [whole] });
  expect(sites.map(({ text, problem }) => [text, problem])).toEqual([['nginx:1', undefined]]);
});
