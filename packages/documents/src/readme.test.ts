import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findImages, rewrite } from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README example says what happens', () => {
  const text = /const text = `([^`]*)`/.exec(readme)?.[1] ?? '';
  const [image] = findImages(text);
  const facts = [...readme.matchAll(/image\.(\w+) is ("[^"]*"|\d+)/g)];
  expect(facts).toHaveLength(5);
  for (const [, property, value] of facts) {
    expect(image, property).toHaveProperty(property ?? '', JSON.parse(value ?? ''));
  }
  const end = image?.end ?? 0;
  const pinned = rewrite(Buffer.from(text), [{ start: end, end, text: '@sha256:0123' }]);
  const line = /in line 6: (.*)/.exec(readme)?.[1];
  expect(Buffer.from(pinned).toString().split('\n')[5]?.trim()).toBe(line);
});

test('the README names everything that the index exports', async () => {
  const index = readFileSync(new URL('./index.ts', import.meta.url), 'utf8');
  const names = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, list]) => (list ?? '').split(','));
  for (const name of names.map((entry) => entry.replace('type', '').trim()).filter(Boolean)) {
    expect.soft(/^(Find|Read)Options$/.test(name) || readme.includes(`\`${name}`), name).toBe(true);
  }
});
