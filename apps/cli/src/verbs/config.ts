import { formatReference } from '@pindrift/reference';
import { withRegistry } from '../open-registry.ts';
import { printBytes } from '../output.ts';
import { printJson } from '../print-results.ts';
import { readReference } from '../read-reference.ts';
import type { Verb } from '../verb.ts';

interface ConfigOptions {
  readonly platform?: string;
}

/** `pindrift config REF`: the configuration of one platform's image, as the registry sent it. */
export const config: Verb<ConfigOptions> = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference')
      .option('--platform <platform>', 'which image of an index; default: linux/amd64')
      .addHelpText('after', '\nExample:\n  pindrift config nginx:1.27 | jq .config.Env');
  },

  async run(call) {
    const reference = readReference(call.args[0] ?? '');
    const { platform } = call.options;
    const { bytes, digest, mediaType } = await withRegistry(call, (registry) =>
      registry.config(reference, platform === undefined ? {} : { platform }),
    );
    if (call.options.format === 'table') {
      await printBytes(call, bytes);
      return 0;
    }
    await printJson(call, 'image-config', {
      reference: formatReference(reference),
      digest,
      mediaType,
      size: bytes.length,
      config: JSON.parse(Buffer.from(bytes).toString('utf8')),
    });
    return 0;
  },
};
