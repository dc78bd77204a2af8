import { nameOf, readImage } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printLines } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

/** `pindrift platforms REF` */
export const platforms: Verb = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference, or oci:DIR[:NAME|@DIGEST] for a layout on disk')
      .addHelpText('after', '\nExample:\n  pindrift platforms nginx:1.27');
  },

  async run(call) {
    const reference = await readImage(call.args[0] ?? '');
    const found = await withRegistry(call, (registry) => registry.platforms(reference));
    if (call.options.format === 'table') await printLines(call, found);
    else {
      await printJson(call, 'platforms', {
        reference: nameOf(reference),
        platforms: found,
      });
    }
    return 0;
  },
};
