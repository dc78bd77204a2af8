import { formatReference } from '@pindrift/reference';
import { withRegistry } from '../open-registry.ts';
import { printLines } from '../output.ts';
import { printJson } from '../print-results.ts';
import { readReference } from '../read-reference.ts';
import type { Verb } from '../verb.ts';

/** `pindrift platforms REF` */
export const platforms: Verb = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference')
      .addHelpText('after', '\nExample:\n  pindrift platforms nginx:1.27');
  },

  async run(call) {
    const reference = readReference(call.args[0] ?? '');
    const found = await withRegistry(call, (registry) => registry.platforms(reference));
    if (call.options.format === 'table') await printLines(call, found);
    else {
      await printJson(call, 'platforms', {
        reference: formatReference(reference),
        platforms: found,
      });
    }
    return 0;
  },
};
