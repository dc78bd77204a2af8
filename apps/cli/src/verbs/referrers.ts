import type { Descriptor } from '@pindrift/registry';
import { nameOf, readImage } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printLines } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

interface ReferrersOptions {
  readonly artifactType?: string;
}

const EXAMPLES = `
What a line says is what the registry says; 'pindrift manifest REPOSITORY@DIGEST' reads and verifies it.

Example:
  pindrift referrers ghcr.io/acme/web:1.4.2 --artifact-type application/vnd.cyclonedx+json`;

/** `pindrift referrers REF`: what refers to the manifest that a reference names. */
export const referrers: Verb<ReferrersOptions> = {
  declare(command) {
    command
      .argument('<ref>', 'an image reference, or oci:DIR[:NAME|@DIGEST] for a layout on disk')
      .option('--artifact-type <type>', 'only those of this type')
      .addHelpText('after', EXAMPLES);
  },

  async run(call) {
    const reference = await readImage(call.args[0] ?? '');
    const { artifactType } = call.options;
    const found = await withRegistry(call, (registry) =>
      registry.referrers(reference, artifactType === undefined ? {} : { artifactType }),
    );
    if (call.options.format === 'table') await printLines(call, found.map(line));
    else {
      await printJson(call, 'referrers', {
        reference: nameOf(reference),
        referrers: found.map(row),
      });
    }
    return 0;
  },
};

function line({ digest, artifactType, mediaType, tag }: Descriptor): string {
  return `${digest}  ${artifactType ?? mediaType}${tag === undefined ? '' : `  ${tag}`}`;
}

/** In documents nothing is undefined. */
function row(referrer: Descriptor): object {
  const { digest, artifactType = null, mediaType, size, annotations, tag = null } = referrer;
  return { digest, artifactType, mediaType, size, annotations, tag };
}
