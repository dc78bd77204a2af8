import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Case, readCases } from './case-folder.ts';
import { compare, type Outputs, update } from './compare.ts';

export type { Case, Outputs };

/**
 * Registers one vitest test for each folder of `directory`, titled by the folder's name. `run` gets
 * the case and returns its outputs by file name; when it throws, the message is taken as the
 * output `errors.txt` if the case has that file, and is a failure if not. Bytes are compared.
 * A directory without cases and a case without expectations fail. With `UPDATE_CASES=1` in the
 * environment the expectations are rewritten instead.
 */
export function cases(
  directory: string | URL,
  run: (oneCase: Case) => Outputs | Promise<Outputs>,
): void {
  const path = typeof directory === 'string' ? directory : fileURLToPath(directory);
  const found = readCases(path);
  if (found.length === 0) {
    test(`${path} holds cases`, () => {
      expect.fail(`There is no case folder in ${path}.`);
    });
  }
  for (const oneCase of found) {
    test(oneCase.title, async () => {
      const outputs = await outputsOf(oneCase, run);
      if (process.env.UPDATE_CASES === '1') {
        update(oneCase, outputs);
      }
      for (const { file, problem, expected, actual } of compare(oneCase, outputs)) {
        expect.soft(actual, `${oneCase.name}/${file} ${problem}`).toBe(expected ?? problem);
      }
    });
  }
}

async function outputsOf(
  oneCase: Case,
  run: (oneCase: Case) => Outputs | Promise<Outputs>,
): Promise<Outputs> {
  try {
    return await run(oneCase);
  } catch (error) {
    if (error instanceof Error && oneCase.has('errors.txt')) {
      return { 'errors.txt': error.message };
    }
    throw error;
  }
}
