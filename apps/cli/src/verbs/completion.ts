import { Argument } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { type CompletionModel, completionModel } from '../completion/model.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { write } from '../io.ts';
import type { Verb } from '../verb.ts';

const SHELLS: Readonly<Record<string, (model: CompletionModel) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `pindrift completion bash|zsh|fish` */
export const completion: Verb = {
  declare(command) {
    command
      .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
      .addHelpText('after', '\nExample:\n  source <(pindrift completion bash)');
  },

  async run({ args: [shell = ''], io, program }) {
    await write(io.stdout, SHELLS[shell]?.(completionModel(await program())) ?? '');
    return 0;
  },
};
