import { writeFileSync } from 'node:fs';
import { playSessions } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { pathWith } from './testing/fixture.ts';

test('the examples of the README print what stands there', async () => {
  const readme = new URL('../README.md', import.meta.url);
  const { was, is } = await playSessions(readme, { PATH: pathWith() });
  if (process.env.UPDATE_CASES === '1') writeFileSync(readme, is);
  else expect(is).toBe(was);
});
