import { expect, test } from 'vitest';
import { runExample } from './programs/example.ts';

test('the example of the README runs', async () => {
  const { code, stdout, stderr } = await runExample(new URL('../README.md', import.meta.url));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout.toString()).toBe('429 200\nHEAD 429, HEAD 200\n');
});
