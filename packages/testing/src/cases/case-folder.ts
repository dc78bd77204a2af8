import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One folder of a case directory. */
export interface Case {
  /** The folder's name. */
  readonly name: string;
  /** The folder's name as a sentence. */
  readonly title: string;
  /** Absolute path. */
  readonly folder: string;
  /** Names of the inputs, sorted: every file but `expected.*` and `errors.txt`. */
  readonly inputs: readonly string[];
  /** The bytes of `input.*`. Throws when there is not exactly one. */
  readonly input: Buffer;
  /** `input.yaml`, for the runner that chooses by file name. */
  readonly inputName: string;
  has(file: string): boolean;
  /** Throws when there is no such file. */
  bytes(file: string): Buffer;
  text(file: string): string;
}

/** The cases of a directory, sorted by name; none when the directory does not exist. */
export function readCases(directory: string): Case[] {
  if (!existsSync(directory)) {
    return [];
  }
  return readdirSync(directory)
    .filter((entry) => statSync(join(directory, entry)).isDirectory())
    .toSorted()
    .map((entry) => readCase(join(directory, entry), entry));
}

/** Names of `expected.*` and `errors.txt` that a case folder holds, sorted. */
export function expectations(folder: string): string[] {
  return files(folder).filter(isExpectation);
}

/** Whether a file says what must come out rather than what goes in. */
export function isExpectation(file: string): boolean {
  return file.startsWith('expected.') || file === 'errors.txt';
}

function readCase(folder: string, name: string): Case {
  const inputName = (): string => {
    const found = files(folder).filter((file) => file.startsWith('input.'));
    if (found.length !== 1 || found[0] === undefined) {
      throw new Error(`${folder} holds ${found.length} files named input.*; a case has one.`);
    }
    return found[0];
  };
  const bytes = (file: string): Buffer => readFileSync(join(folder, file));
  return {
    name,
    title: name.replaceAll('-', ' '),
    folder,
    get inputs(): string[] {
      return files(folder).filter((file) => !isExpectation(file));
    },
    get inputName(): string {
      return inputName();
    },
    get input(): Buffer {
      return bytes(inputName());
    },
    has: (file) => existsSync(join(folder, file)),
    bytes,
    text: (file) => bytes(file).toString('utf8'),
  };
}

function files(folder: string): string[] {
  return readdirSync(folder).toSorted();
}
