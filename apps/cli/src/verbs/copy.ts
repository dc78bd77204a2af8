import { formatReference, type ImageReference } from '@pindrift/reference';
import type { Copied } from '@pindrift/registry';
import { CliError } from '../cli-error.ts';
import { countOf } from '../count-of.ts';
import { isLayout } from '../layouts.ts';
import { withRegistry } from '../open-registry.ts';
import { printLines } from '../output.ts';
import { printJson } from '../print-results.ts';
import { readReference } from '../read-reference.ts';
import type { Verb } from '../verb.ts';

interface CopyOptions {
  /** False leaves signatures, attestations and SBOMs behind. */
  readonly referrers?: boolean;
}

const EXAMPLES = `
The copy has the same digest: nothing is built or packed again. What is there already is not sent, and
between repositories of one registry nothing is sent that it can mount. Without a tag or digest in DST
the copy has those of SRC.

Examples:
  pindrift copy ghcr.io/acme/web:1.4.2 registry.acme.com/prod/web
  pindrift copy registry.acme.com/test/web@sha256:… registry.acme.com/prod/web:1.4.2`;

/** `pindrift copy SRC DST` */
export const copy: Verb<CopyOptions> = {
  declare(command) {
    command
      .argument('<src>', 'the image that is copied')
      .argument('<dst>', 'where it is copied to')
      .option('--no-referrers', 'leave signatures, attestations and SBOMs behind')
      .addHelpText('after', EXAMPLES);
  },

  async run(call) {
    const [from, named] = call.args.map(readEnd);
    if (from === undefined || named === undefined) throw new TypeError('two arguments');
    const to = named.tag === undefined && named.digest === undefined ? like(from, named) : named;
    const { referrers = true } = call.options;
    const copied = await withRegistry(call, (registry) => registry.copy(from, to, { referrers }));
    const names = { from: formatReference(from), to: formatReference(to) };
    if (call.options.format === 'json') await printJson(call, 'copy', { ...names, ...copied });
    else await printLines(call, describe(names, copied));
    return 0;
  },
};

function readEnd(argument: string): ImageReference {
  if (!isLayout(argument)) return readReference(argument);
  throw new CliError(
    'usage',
    `${argument}: copies go from registry to registry, not to or from disk`,
  );
}

/** The tag of what is copied, or else its digest. */
function like({ tag, digest }: ImageReference, to: ImageReference): ImageReference {
  if (tag !== undefined) return { ...to, tag };
  return digest === undefined ? to : { ...to, digest };
}

function describe(
  { from, to }: { readonly from: string; readonly to: string },
  { digest, manifests, blobs }: Copied,
): string[] {
  const { sent, mounted, present } = blobs;
  return [
    `copied ${from} to ${to}`,
    digest,
    `${countOf(manifests, 'manifest')}; blobs: ${sent} sent, ${mounted} mounted, ${present} there already`,
  ];
}
