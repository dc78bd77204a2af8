import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runDifferential } from './differential/run.ts';

const SEED = Number(process.env.PINDRIFT_SEED ?? 1);

describe('the fast reader, the exact reader and the library yaml', () => {
  test(`agree about generated and mutated documents (PINDRIFT_SEED=${SEED})`, () => {
    const run = runDifferential({ documents: 4000, seed: SEED, parse });
    expect(run.differences).toEqual([]);
    expect(run.fast).toBeGreaterThan(run.documents / 5);
    expect(run.judged).toBeGreaterThan(run.documents / 5);
  });
});

function parse(text: string): unknown[] | undefined {
  try {
    const options = { merge: true, uniqueKeys: true, logLevel: 'silent' } as const;
    const documents = [...parseAllDocuments(text, options)];
    const refused = documents.some(({ errors, warnings }) => errors.length + warnings.length > 0);
    return refused ? undefined : documents.map((document) => document.toJS());
  } catch {
    return undefined;
  }
}
