import { FINDING_CODES } from '@pindrift/pin';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { readDocument } from '../testing/schema.ts';

test('every finding is explained, one by one and all together', async () => {
  await using folder = await workFolder();
  const all = await folder.run('explain');
  for (const [code, { fix }] of Object.entries(FINDING_CODES)) {
    const one = await folder.run('explain', code);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain(fix);
    expect(all.stdout).toContain(one.stdout);
  }
  const { codes } = readDocument((await folder.run('explain', '--format', 'json')).stdout);
  expect(codes).toHaveLength(Object.keys(FINDING_CODES).length);
});

test('a code that is none is bad usage, and the message lists what there is', async () => {
  await using folder = await workFolder();
  const said = await folder.run('explain', 'stail');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toContain('stale');
});
