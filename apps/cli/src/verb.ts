import type { FailOn } from '@pindrift/pin';
import type { Command } from 'commander';
import type { Io } from './io.ts';

/** 0: nothing to report. 1: findings at or above `--fail-on`. 2: could not finish, or bad usage. */
export type ExitCode = 0 | 1 | 2;

export type Format = 'table' | 'json';

/** Options that every verb takes. */
export interface CommonOptions {
  readonly format: Format;
  /** Path of the configuration; found upward from the working directory when not given. */
  readonly config?: string;
  readonly failOn?: FailOn;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly offline?: boolean;
  readonly verbose?: boolean;
  /** Milliseconds for which a tag need not be asked again, in later runs too; default 0. */
  readonly cacheTtl?: number;
  /** False leaves out the identity of this job or machine at its cloud provider. */
  readonly ambientAuth?: boolean;
}

/** One call of a verb, as the user typed it. */
export interface Call<Options extends object = object> {
  /** Positional arguments. */
  readonly args: readonly string[];
  readonly options: CommonOptions & Options;
  readonly io: Io;
  /** The whole command line with every verb declared, for completion. */
  readonly program: () => Promise<Command>;
}

/** One word of the command line; each stands in a file of its own and looks the same. */
export interface Verb<Options extends object = object> {
  /** Declares the arguments, the options and the examples. */
  declare(command: Command): void;
  /** Does the work, prints the results to stdout, and says what the exit code is. */
  run(call: Call<Options>): Promise<ExitCode>;
}
