import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { familiarName, formatReference, isDigest, parseReference, withDigest } from './index.ts';

const run: Readonly<Record<string, (first: string, second: string) => unknown>> = {
  'formatReference(parseReference': (text) => formatReference(parseReference(text)),
  'familiarName(parseReference': (text) => familiarName(parseReference(text)),
  parseReference: (text) => parseReference(text),
  withDigest: (text, digest) => withDigest(text, digest),
  isDigest: (text) => isDigest(text),
};

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const lines = [...readme.matchAll(/^([\w(]+)\('([^']*)'(?:, '([^']*)')?\)+;\n\/\/ (.*)$/gm)].map(
  ([...parts]) => parts,
);

test('the README has an example of each function', () => {
  expect(new Set(lines.map(([, call]) => call))).toEqual(new Set(Object.keys(run)));
});

test.each(lines)(
  'the README says the truth: %s',
  (...[, call = '', first = '', second = '', said]) => {
    const answer = (() => {
      try {
        return JSON.stringify(run[call]?.(first, second));
      } catch (error) {
        return String(error);
      }
    })();
    expect(answer).toBe(said);
  },
);
