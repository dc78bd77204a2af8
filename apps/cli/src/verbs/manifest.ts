import { nameOf, readImage } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printBytes } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

interface ManifestOptions {
  readonly platform?: string;
}

/** `pindrift manifest REF`: the bytes whose hash is the digest, so that they can be hashed again. */
export const manifest: Verb<ManifestOptions> = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference, or oci:DIR[:NAME|@DIGEST] for a layout on disk')
      .option('--platform <platform>', 'the manifest of one platform, such as linux/arm64')
      .addHelpText('after', '\nExample:\n  pindrift manifest nginx:1.27 | sha256sum');
  },

  async run(call) {
    const reference = await readImage(call.args[0] ?? '');
    const { platform } = call.options;
    const found = await withRegistry(call, (registry) =>
      registry.manifest(reference, platform === undefined ? {} : { platform }),
    );
    if (call.options.format === 'table') {
      await printBytes(call, found.bytes);
      return 0;
    }
    const { digest, mediaType, bytes } = found;
    await printJson(call, 'manifest', {
      reference: nameOf(reference),
      digest,
      mediaType,
      size: bytes.length,
      manifest: JSON.parse(Buffer.from(bytes).toString('utf8')),
    });
    return 0;
  },
};
