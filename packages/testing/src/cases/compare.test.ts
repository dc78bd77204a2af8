import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Case, readCases } from './case-folder.ts';
import { compare, update } from './compare.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pindrift-cases-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function caseOf(files: Record<string, string>): Case {
  mkdirSync(join(root, 'a-pod-with-one-image'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, 'a-pod-with-one-image', name), text);
  }
  return readCases(root)[0]!;
}

describe('a case', () => {
  test('has a title, one input, and other inputs', () => {
    const one = caseOf({ 'input.yaml': 'in', 'lock.yaml': 'lock', 'expected.yaml': 'out' });
    expect(one.title).toBe('a pod with one image');
    expect(one.inputName).toBe('input.yaml');
    expect(one.input.toString()).toBe('in');
    expect(one.inputs).toEqual(['input.yaml', 'lock.yaml']);
    expect(one.has('lock.yaml')).toBe(true);
  });

  test('without an input says so when it is asked for', () => {
    expect(() => caseOf({ 'expected.yaml': '' }).input).toThrow(/holds 0 files named input/);
  });

  test('in a directory that does not exist is no case', () => {
    expect(readCases(join(root, 'nowhere'))).toEqual([]);
  });
});

describe('comparing', () => {
  test('finds nothing when every byte is the same', () => {
    const one = caseOf({ 'input.yaml': '', 'expected.yaml': 'a: 1\r\n' });
    expect(compare(one, { 'expected.yaml': 'a: 1\r\n' })).toEqual([]);
    expect(compare(one, { 'expected.yaml': 'a: 1\n' })).toMatchObject([
      { file: 'expected.yaml', problem: 'differs from byte 4 on' },
    ]);
  });

  test('finds what was not produced and what was not expected', () => {
    const one = caseOf({ 'input.yaml': '', 'expected.yaml': 'x' });
    expect(compare(one, { 'expected.json': 'y' }).map(({ problem }) => problem)).toEqual([
      'was not produced',
      'was produced, and the case does not expect it',
    ]);
  });

  test('refuses a case that expects nothing', () => {
    const one = caseOf({ 'input.yaml': '' });
    expect(compare(one, {})).toHaveLength(1);
  });

  test('refuses an output under a name that is no expectation', () => {
    const one = caseOf({ 'expected.yaml': 'x' });
    expect(compare(one, { 'expected.yaml': 'x', 'output.yaml': 'x' })).toHaveLength(1);
  });

  test('takes a line of errors.txt as text, or between slashes as a pattern', () => {
    const one = caseOf({ 'errors.txt': '/^line \\d+: no digest$/\nlock.yaml' });
    expect(compare(one, { 'errors.txt': 'line 12: no digest\nsee lock.yaml:3' })).toEqual([]);
    expect(compare(one, { 'errors.txt': 'line 12: no digest' })).toHaveLength(1);
    expect(compare(one, {})).toHaveLength(1);
    expect(
      compare(one, { 'errors.txt': 'line 12: no digest\nlock.yaml\nand a third' }),
    ).toHaveLength(1);
  });
});

describe('updating', () => {
  test('writes what was produced, removes what was not, and then all is well', () => {
    const one = caseOf({ 'input.yaml': '', 'expected.yaml': 'old', 'expected.json': 'old' });
    const outputs = { 'expected.yaml': 'new', 'errors.txt': 'a message' };
    update(one, outputs);
    expect(compare(one, outputs)).toEqual([]);
    expect(one.has('expected.json')).toBe(false);
    expect(one.text('expected.yaml')).toBe('new');
  });

  test('leaves patterns that still hold', () => {
    const one = caseOf({ 'errors.txt': '/no digest/' });
    update(one, { 'errors.txt': 'line 3: no digest' });
    expect(readFileSync(join(one.folder, 'errors.txt'), 'utf8')).toBe('/no digest/');
  });
});
