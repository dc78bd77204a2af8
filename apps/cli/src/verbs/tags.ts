import { isLayout, readImage } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printLines } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

/** `pindrift tags REF` */
export const tags: Verb = {
  declare(command) {
    command
      .argument('<ref>', 'a repository, or oci:DIR; a tag or digest behind it is not looked at')
      .addHelpText('after', '\nExample:\n  pindrift tags ghcr.io/fluxcd/flux-cli | tail -n 3');
  },

  async run(call) {
    const reference = await readImage(call.args[0] ?? '');
    const found = await withRegistry(call, (registry) => registry.tags(reference));
    if (call.options.format === 'table') await printLines(call, found);
    else
      await printJson(call, 'tags', {
        repository: isLayout(reference.text)
          ? reference.text
          : `${reference.domain}/${reference.path}`,
        tags: found,
      });
    return 0;
  },
};
