import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, expectations, isExpectation } from './case-folder.ts';

/**
 * What a case produced, by the name of the file that expects it: `expected.yaml`, and `errors.txt`
 * with one message a line. An undefined output is one that was not produced.
 */
export type Outputs = Readonly<Record<string, string | Uint8Array | undefined>>;

export interface Mismatch {
  readonly file: string;
  readonly problem: string;
  /** For a readable difference, where both sides are text. */
  readonly expected?: string;
  readonly actual?: string;
}

/** Every way in which the outputs are not what the folder expects; empty when all is well. */
export function compare(oneCase: Case, outputs: Outputs): Mismatch[] {
  const expected = expectations(oneCase.folder);
  const produced = Object.keys(outputs).filter((file) => bytesOf(outputs[file])?.length);
  const strange = Object.keys(outputs).filter((file) => !isExpectation(file));
  return [
    ...(expected.length === 0
      ? [{ file: oneCase.folder, problem: 'holds neither expected.* nor errors.txt' }]
      : []),
    ...strange.map((file) => ({ file, problem: 'is not a name for an expectation' })),
    ...expected.flatMap((file) => compareFile(oneCase, file, outputs[file])),
    ...produced
      .filter((file) => isExpectation(file) && !expected.includes(file))
      .map((file) => ({
        file,
        problem: 'was produced, and the case does not expect it',
        expected: '',
        actual: textOf(outputs[file]),
      })),
  ];
}

/**
 * Makes the folder expect what was produced: writes what differs, removes what was not produced.
 * An errors.txt whose patterns still hold is left as it is.
 */
export function update(oneCase: Case, outputs: Outputs): void {
  const path = (file: string): string => join(oneCase.folder, file);
  for (const file of expectations(oneCase.folder)) {
    if (outputs[file] === undefined) {
      rmSync(path(file));
    }
  }
  for (const [file, output] of Object.entries(outputs)) {
    const fresh = !existsSync(path(file)) && (file !== 'errors.txt' || textOf(output) !== '');
    if (
      output !== undefined &&
      isExpectation(file) &&
      (fresh || compareFile(oneCase, file, output).length > 0)
    ) {
      writeFileSync(path(file), output);
    }
  }
}

function compareFile(oneCase: Case, file: string, output: Outputs[string]): Mismatch[] {
  const path = join(oneCase.folder, file);
  const expected = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (file === 'errors.txt') {
    return compareErrors(expected.toString('utf8'), textOf(output));
  }
  if (output === undefined) {
    return [{ file, problem: 'was not produced', expected: expected.toString('utf8'), actual: '' }];
  }
  const actual = bytesOf(output) ?? Buffer.alloc(0);
  return actual.equals(expected)
    ? []
    : [
        {
          file,
          problem: `differs from byte ${firstDifference(expected, actual)} on`,
          expected: expected.toString('utf8'),
          actual: actual.toString('utf8'),
        },
      ];
}

/** Each expected line must fit a message, and each message an expected line. */
function compareErrors(expected: string, actual: string): Mismatch[] {
  const patterns = lines(expected);
  const messages = lines(actual);
  const missing = patterns.filter((pattern) => !messages.some((line) => fits(pattern, line)));
  const surplus = messages.filter((line) => !patterns.some((pattern) => fits(pattern, line)));
  return missing.length === 0 && surplus.length === 0
    ? []
    : [{ file: 'errors.txt', problem: 'does not fit the messages', expected, actual }];
}

/** A line between slashes is a regular expression; any other is text that the message contains. */
function fits(pattern: string, message: string): boolean {
  const source = /^\/(.*)\/$/.exec(pattern)?.[1];
  return source === undefined ? message.includes(pattern) : new RegExp(source, 'u').test(message);
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function firstDifference(left: Buffer, right: Buffer): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left[at] !== right[at]) {
      return at;
    }
  }
  return length;
}

function textOf(output: Outputs[string]): string {
  return bytesOf(output)?.toString('utf8') ?? '';
}

function bytesOf(output: Outputs[string]): Buffer | undefined {
  return output === undefined ? undefined : Buffer.from(output as string);
}
