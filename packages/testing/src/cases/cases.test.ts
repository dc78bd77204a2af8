import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../programs/run.ts';
import { temporaryFolder } from '../system/temporary-folder.ts';
import { cases } from './cases.ts';

function upperCase(text: string): string {
  if (/^\d+$/.test(text.trim())) {
    throw new Error(`${text.trim()} is no text`);
  }
  return text.toUpperCase();
}

describe('the cases of this package', () => {
  cases(new URL('../../testdata', import.meta.url), (oneCase) => ({
    'expected.txt': upperCase(oneCase.input.toString()),
  }));
});

describe('a run over folders', () => {
  const ROOT = join(import.meta.dirname, '../../../..');

  function testOf(directory: string): string {
    return `
      import { cases } from '${join(import.meta.dirname, 'cases.ts')}';
      cases(new URL('./${directory}', import.meta.url), ({ input }) => ({ 'expected.txt': input }));
    `;
  }

  async function runOver(
    folder: string,
    file: string,
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; text: string }> {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--reporter', 'verbose', file];
    const options = { cwd: folder, env: { NO_COLOR: '1', UPDATE_CASES: undefined, ...env } };
    const { code, stdout, stderr } = await run(process.execPath, args, options);
    return { code, text: `${stdout}${stderr}` };
  }

  test('fails for what differs, expects nothing, or is not there, and updates', async () => {
    await using folder = await temporaryFolder();
    await folder.write('some.test.ts', testOf('testdata'));
    await folder.write('empty.test.ts', testOf('nowhere'));
    await folder.write('testdata/one-that-differs/input.txt', 'new');
    await folder.write('testdata/one-that-differs/expected.txt', 'old');
    await folder.write('testdata/one-that-expects-nothing/input.txt', 'x');
    await folder.write('testdata/one-that-fits/input.txt', 'x');
    await folder.write('testdata/one-that-fits/expected.txt', 'x');

    const failed = await runOver(folder.path, '.test.ts');
    expect(failed.code).toBe(1);
    expect(failed.text).toContain('There is no case folder');
    expect(failed.text).toMatch(/× .*one that differs/);
    expect(failed.text).toMatch(/× .*one that expects nothing/);
    expect(failed.text).toMatch(/✓ .*one that fits/);

    const updated = await runOver(folder.path, 'some.test.ts', { UPDATE_CASES: '1' });
    expect(updated.code, updated.text).toBe(0);
    expect(await folder.read('testdata/one-that-differs/expected.txt')).toBe('new');
  });
});
