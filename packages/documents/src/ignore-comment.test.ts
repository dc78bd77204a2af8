import { expect, test } from 'vitest';
import { readImages } from './read-images.ts';

async function ignoreBehind(comment: string): Promise<unknown> {
  const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27 ${comment}\n`;
  const images = await readImages(Buffer.from(text), {});
  const [site] = images.sites;
  return site && images.ignoreOf(site);
}

test('a comment of any length keeps the date at its end', async () => {
  const ignore = await ignoreBehind(`# pindrift:ignore ${'because '.repeat(1000)}until 2020-01-01`);
  expect(ignore).toMatchObject({ from: 'comment', until: '2020-01-01' });
});

test('the mark is a word of its own', async () => {
  expect(await ignoreBehind('# pindrift:ignored-not')).toBeUndefined();
  expect(await ignoreBehind('# pindrift:ignore')).toEqual({
    from: 'comment',
    reason: '',
    until: undefined,
  });
});

test('a carriage return is no part of the reason', async () => {
  expect(await ignoreBehind('# pindrift:ignore local build\r')).toMatchObject({
    reason: 'local build',
  });
});
