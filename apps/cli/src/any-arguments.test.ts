import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workFolder } from './testing/folder.ts';
import { deployment } from './testing/manifests.ts';
import { pindrift } from './testing/terminal.ts';
import { VERBS } from './verbs.ts';

/** doctor starts programs, which takes long, and is told nothing by its arguments. */
const verbs = Object.keys(VERBS).filter((name) => name !== 'doctor');

const words = [
  ...verbs,
  ...[
    '-',
    '--',
    '.',
    'a.yaml',
    'no.yaml',
    '',
    'nginx',
    'nginx:1.27',
    'json',
    'table',
    'ko',
    'stale',
  ],
  ...['--format', '--format=json', '--config', '--fail-on', '-q', '-v', '--no-color', '--help'],
  ...['--lock', '--update', '--prune', '--frozen', '--write', '--diff', '--keep', '--resolve'],
  ...['--to', '--from', '--platform', '--no-ignore', '--no-platforms', '--overwrite', '-V', '--x'],
];

const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

test('whatever is typed, the exit code is 0, 1 or 2, and a failure says something', async () => {
  const input = deployment('s', 'nginx:1.27');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...verbs),
      fc.array(word, { maxLength: 5 }),
      async (verb, rest) => {
        await using folder = await workFolder({ 'a.yaml': deployment('a', 'redis') });
        const argv = ['--offline', verb, ...rest];
        const said = await pindrift(folder.path, argv, { input });
        expect([0, 1, 2]).toContain(said.code);
        if (said.code === 2) expect(said.stderr + said.stdout).not.toBe('');
        expect(said.stderr).not.toMatch(/TypeError|at .*\.ts:\d+/);
      },
    ),
    { numRuns: 200 },
  );
});
