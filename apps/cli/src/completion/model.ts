import type { Argument, Command, Option } from 'commander';

/** What a word can be completed with: one of these, a file name, or nothing that is known here. */
export type Candidates = readonly string[] | 'files' | 'none';

export interface CompletedOption {
  readonly long: string;
  readonly short: string | undefined;
  readonly description: string;
  /** Undefined for an option without a value. */
  readonly value: Candidates | undefined;
  /** May be given more than once. */
  readonly repeats: boolean;
}

export interface CompletedVerb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Of every positional argument; the last one's also count for those behind it when it repeats. */
  readonly candidates: Candidates;
}

/** What completion needs to know of the command line, in the order in which help lists it. */
export interface CompletionModel {
  readonly program: string;
  readonly options: readonly CompletedOption[];
  readonly verbs: readonly CompletedVerb[];
}

/** Names of values that are paths; help shows the same names. */
const PATHS = /^(file|path|folder|source)$/i;

/** Reads the model off the declared commands, so that it cannot fall behind them. */
export function completionModel(program: Command): CompletionModel {
  return {
    program: program.name(),
    options: optionsOf(program),
    verbs: program.commands.map((command) => ({
      name: command.name(),
      aliases: command.aliases(),
      description: command.summary(),
      options: optionsOf(command),
      candidates: candidatesOf(command.registeredArguments),
    })),
  };
}

function optionsOf(command: Command): CompletedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) => (option.long === undefined ? [] : [completedOption(option, option.long)]));
}

function completedOption(option: Option, long: string): CompletedOption {
  const { short, description, required, optional, argChoices, flags, variadic } = option;
  const name = /[<[]([^>\].…,]+)/.exec(flags)?.[1] ?? '';
  const value = argChoices ?? (PATHS.test(name) ? 'files' : 'none');
  const repeats = variadic || flags.includes('…');
  return { long, short, description, value: required || optional ? value : undefined, repeats };
}

function candidatesOf(values: readonly Argument[]): Candidates {
  const choices = values.flatMap((value) => value.argChoices ?? []);
  if (choices.length > 0) return choices;
  return values.some((value) => PATHS.test(value.name())) ? 'files' : 'none';
}
