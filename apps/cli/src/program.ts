import { printable } from '@pindrift/report/printable';
import { Command, CommanderError } from 'commander';
import { addCommonOptions, addRegistryOptions, commonOptions } from './common-options.ts';
import type { Io } from './io.ts';
import type { ExitCode, Verb } from './verb.ts';
import { VERBS } from './verbs.ts';
import { VERSION } from './version.ts';

/** Called with the exit code of the verb that ran. */
export type OnDone = (exitCode: ExitCode) => void;

/** The whole command line. A verb is loaded, and its options are declared, when it is called. */
export function createProgram(io: Io, onDone: OnDone): Command {
  const program = new Command('pindrift')
    .description('Pins every image in Kubernetes manifests to a digest, and keeps it pinned.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand(false)
    .hook('preSubcommand', (_program, command) => declare(command, io, onDone));
  configure(program, io);
  addCommonOptions(program);
  program.addHelpText('after', "\nSee 'pindrift VERB --help' for the options of a verb.");
  for (const [name, { summary, alias }] of Object.entries(VERBS)) {
    const command = program.command(name).summary(summary).description(`${summary}.`);
    if (alias !== undefined) command.alias(alias);
  }
  return program;
}

async function declare(command: Command, io: Io, onDone: OnDone): Promise<void> {
  const entry = VERBS[command.name()];
  if (entry === undefined) throw new TypeError(`no verb ${command.name()}`);
  const verb: Verb = await entry.load();
  verb.declare(command);
  if (entry.asksRegistries === true) addRegistryOptions(command);
  addCommonOptions(command);
  command.action(async () => {
    const options = await commonOptions(command);
    onDone(await verb.run({ args: command.args, options, io, program: () => declared(io) }));
  });
}

/** A program of its own, with the arguments and options of all verbs. */
async function declared(io: Io): Promise<Command> {
  const program = createProgram(io, () => undefined);
  for (const command of program.commands) await declare(command, io, () => undefined);
  return program;
}

function configure(program: Command, io: Io): void {
  program
    .exitOverride((error) => {
      // Commander's own code for bad usage is 1, which here means findings.
      throw new CommanderError(error.exitCode === 0 ? 0 : 2, error.code, error.message);
    })
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, print) => print(printable(text.replace(/^error: /, 'pindrift: '))),
    })
    .configureHelp({ showGlobalOptions: false, sortOptions: false });
}
