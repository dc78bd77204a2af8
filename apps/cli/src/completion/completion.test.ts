import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { VERBS } from '../verbs.ts';

const start = promisify(execFile);

async function isThere(shell: string): Promise<boolean> {
  return await start(shell, ['-c', 'exit 0']).then(
    () => true,
    () => false,
  );
}

/** What bash offers for the last of these words. */
async function offered(script: string, words: readonly string[]): Promise<string[]> {
  const line = words.map((word) => `'${word}'`).join(' ');
  const program = `source ${script}; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _pindrift; echo "\${COMPREPLY[@]}"`;
  const { stdout } = await start('bash', ['--norc', '-c', program]);
  return stdout.trim().split(' ').filter(Boolean);
}

for (const [shell, check] of [
  ['bash', ['-n']],
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
] as const) {
  test(`the script for ${shell} is one that ${shell} can read, and names every verb`, async ({
    skip,
  }) => {
    await using folder = await workFolder();
    const { stdout, code } = await folder.run('completion', shell);
    expect(code).toBe(0);
    for (const verb of Object.keys(VERBS)) expect(stdout).toContain(verb);
    skip(!(await isThere(shell)), `${shell} is not installed here: its script is not checked`);
    const script = await folder.write('script', stdout);
    await start(shell, [...check, script]);
  });
}

test('bash offers verbs, options of the verb, and the values of an option', async () => {
  await using folder = await workFolder();
  const script = await folder.write('script', (await folder.run('completion', 'bash')).stdout);
  expect(await offered(script, ['pindrift', 'lo'])).toEqual(['lock']);
  expect(await offered(script, ['pindrift', 'pin', '--wr'])).toEqual(['--write']);
  expect(await offered(script, ['pindrift', 'find', '--wr'])).toEqual([]);
  expect(await offered(script, ['pindrift', '--format', 'j'])).toEqual(['json']);
  expect(await offered(script, ['pindrift', '--format', 'json', 'export', '--to', 'im'])).toEqual([
    'imgpkg',
  ]);
  expect(await offered(script, ['pindrift', 'explain', 'sta'])).toEqual(['stale']);
  expect(await offered(script, ['pindrift', 'digest', '--pl'])).toEqual(['--platform']);
});
