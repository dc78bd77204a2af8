import { run } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { PROGRAM, resourceList } from './testing/fixture.ts';

describe('stdin', () => {
  test.each([
    ['of another kind', resourceList('nginx:1.27').toString().replace('ResourceList', 'resources')],
    ['of no kind', resourceList('nginx:1.27').toString().replace('kind: ResourceList\n', '')],
  ])('%s is refused, so that nothing passes un-pinned', async (_, input) => {
    const outcome = await run(process.execPath, [PROGRAM], { input });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toHaveLength(0);
    expect(outcome.stderr).toContain('stdin is no ResourceList');
  });

  test('without an apiVersion is a ResourceList all the same', async () => {
    const input = resourceList('nginx:1.27')
      .toString()
      .replace(/^apiVersion: .*\n/m, '');
    const { code, stdout } = await run(process.execPath, [PROGRAM], { input });
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/image: nginx:1\.27@sha256:/);
  });
});

describe('a functionConfig that cannot be read', () => {
  test.each([
    [
      'in JSON',
      '{"kind":"ResourceList","functionConfig":{},"items":[{"kind":"Secret","data":{"p":"hunter2"}}]',
    ],
    [
      'because it stands twice',
      'kind: ResourceList\nfunctionConfig: {}\nitems: [{kind: Secret, p: hunter2} {}]\nfunctionConfig: {}\n',
    ],
  ])('%s is refused without a line of the secrets beside it', async (_, input) => {
    const outcome = await run(process.execPath, [PROGRAM], { input });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^pindrift-krm: functionConfig:\d+:\d+: /);
    expect(outcome.stderr).not.toContain('hunter2');
  });
});
