import { cases } from '@pindrift/testing/cases';
import { run } from '@pindrift/testing/programs';
import { expect } from 'vitest';
import { PROGRAM } from './testing/fixture.ts';

cases(new URL('../testdata/render', import.meta.url), async ({ bytes, folder }) => {
  const input = bytes('input.yaml');
  const outcome = await run(process.execPath, [PROGRAM], { cwd: folder, input });
  if (outcome.code !== 0) {
    expect(outcome.stdout.toString(), 'stdout of a failure').toBe('');
    // Help names whole paths, and those are others on each machine.
    throw new Error(outcome.stderr.replaceAll(folder.replace(/\/$/, ''), '/overlay'));
  }
  return { 'expected.yaml': outcome.stdout };
});
