import { nameOf, readImage } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printBytes } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

interface ConfigOptions {
  readonly platform?: string;
}

/** `pindrift config REF`: the configuration of one platform's image, as the registry sent it. */
export const config: Verb<ConfigOptions> = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference, or oci:DIR[:NAME|@DIGEST] for a layout on disk')
      .option('--platform <platform>', 'which image of an index; default: linux/amd64')
      .addHelpText('after', '\nExample:\n  pindrift config nginx:1.27 | jq .config.Env');
  },

  async run(call) {
    const reference = await readImage(call.args[0] ?? '');
    const { platform } = call.options;
    const { bytes, digest, mediaType } = await withRegistry(call, (registry) =>
      registry.config(reference, platform === undefined ? {} : { platform }),
    );
    if (call.options.format === 'table') {
      await printBytes(call, bytes);
      return 0;
    }
    await printJson(call, 'image-config', {
      reference: nameOf(reference),
      digest,
      mediaType,
      size: bytes.length,
      config: JSON.parse(Buffer.from(bytes).toString('utf8')),
    });
    return 0;
  },
};
