import type { Command } from 'commander';

/** The arguments and options of every verb that reads manifests. */
export function addInputArguments(command: Command): Command {
  return command
    .argument('[path...]', 'files and folders, or - for stdin; default: the working directory')
    .option('--no-ignore', 'also read what git ignores, node_modules, vendor and .terraform');
}
