import { resolve } from 'node:path';
import { run, workFolder } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';

/** The program as it is shipped; `npm run build` makes it. */
const PROGRAM = resolve(import.meta.dirname, '../dist/pindrift.cjs');

const POD = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n';

test('the program as it is bundled loads what a verb needs, and answers', async () => {
  const cwd = workFolder({ 'pod.yaml': POD });
  const found = await run(process.execPath, [PROGRAM, 'find', 'pod.yaml'], { cwd });
  expect(found.stdout.toString()).toContain('nginx:1.27');
  const checked = await run(process.execPath, [PROGRAM, 'check', 'pod.yaml'], { cwd });
  expect(checked.code).toBe(1);
});

test.skipIf(process.platform === 'win32')(
  'a working directory that is gone is an exit code of 2, and is said',
  async () => {
    const cwd = workFolder({ 'gone/file': '' });
    const script = 'cd gone && rm -r ../gone && exec "$0" "$1" check -';
    const outcome = await run('sh', ['-c', script, process.execPath, PROGRAM], { cwd });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toBe(
      'pindrift: the working directory is gone; change to one that exists\n',
    );
  },
);
