import { type FailOn, failOnName, failOnNames } from '@pindrift/pin';
import { parseDuration } from '@pindrift/scan';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** One call, as it was typed. */
export interface Call {
  readonly paths: readonly string[];
  readonly format: 'table' | 'json';
  readonly config?: string;
  readonly store?: string;
  readonly failOn?: FailOn;
  /** Milliseconds. */
  readonly settle?: number;
  readonly offline?: boolean;
  readonly quiet?: boolean;
  /** False reads what git ignores, too. */
  readonly ignore: boolean;
  readonly color: boolean;
}

const EXAMPLES = `
Exit codes: 0 nothing to report, 1 findings that --fail-on names, 2 something is not known.

Examples:
  pindrift-scanner --store none ./clusters
  pindrift-scanner --config fleet.yaml --format json > report.json`;

/** The command line; `onCall` gets what it says, unless it asks for help or the version. */
export function createProgram(io: Io, onCall: (call: Call) => Promise<void>): Command {
  return new Command('pindrift-scanner')
    .description('Says which images are unpinned, stale or gone, as a scheduled job.')
    .version(VERSION, '-V, --version', 'print the version')
    .argument('[path...]', 'folders, git work trees and files; default: the sources of --config')
    .option('--config <file>', 'what to scan and by which rules: fleet.yaml')
    .option('--store <file>', "keeps what was seen, 'none' for nothing", undefined)
    .addOption(
      new Option('--format <format>', 'of the report').choices(['table', 'json']).default('table'),
    )
    .option(
      '--fail-on <code,…>',
      'finding codes or severities that make the exit code 1',
      readFailOn,
    )
    .option('--settle <time>', 'how long a tag may name something else: 72h, 3d', readSettle)
    .option('--offline', 'ask no registry: what only one could say is unknown')
    .option('--no-ignore', 'also read what git ignores, node_modules, vendor and .terraform')
    .option('-q, --quiet', 'no progress and no log')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, print) => print(text.replace(/^error: /, 'pindrift-scanner: ')),
    })
    .action((paths: readonly string[], options: Omit<Call, 'paths'>) =>
      onCall({ paths, ...options }),
    );
}

function readFailOn(value: string, previous: FailOn = []): FailOn {
  const names = value.split(',').map((text) => {
    const name = failOnName(text.trim());
    if (name !== undefined) return name;
    throw new InvalidArgumentError(`There is no finding ${text}; known are ${failOnNames()}.`);
  });
  return [...previous, ...names];
}

function readSettle(value: string): number {
  const settle = parseDuration(value);
  if (settle !== undefined) return settle;
  throw new InvalidArgumentError('It is a time such as 72h, 3d or 30m.');
}
