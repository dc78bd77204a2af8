import { exitCode, type Finding } from '@pindrift/pin';
import type { ImageReference } from '@pindrift/reference';
import { type ResolvedImage, resolveDocument, resolvedTable } from '@pindrift/report';
import { type Answer, askRegistries } from '../ask-registries.ts';
import { CliError } from '../cli-error.ts';
import { readLockText } from '../entry-finding.ts';
import type { Input } from '../inputs.ts';
import { nameOf, readImage } from '../layouts.ts';
import { type LockFile, type LockOption, openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import { printLines, printText } from '../output.ts';
import { layoutOf, printDocument, printFindings } from '../print-results.ts';
import { readReference } from '../read-reference.ts';
import { type Asked, resolveFindings } from '../resolve-findings.ts';
import type { Call, Verb } from '../verb.ts';

interface ResolveOptions extends LockOption {
  readonly platform?: string;
}

const EXAMPLES = `
One reference prints its digest alone, several a table. Where a lock is found, a tag that names
another digest than its entry is reported: as stale, or as republished where it is a full version.
Without any reference, all entries are asked.

Examples:
  pindrift resolve nginx:1.27
  pindrift resolve --fail-on warning`;

/** `pindrift resolve REF…` */
export const resolve: Verb<ResolveOptions> = {
  declare(command) {
    command
      .argument(
        '[ref...]',
        'image references, oci:DIR[:NAME|@DIGEST] for layouts on disk; none: every entry of the lock',
      )
      .option('--platform <platform>', 'the manifest of one platform, such as linux/arm64')
      .option('--lock <file>', 'the lock to compare with; default: images.lock.yaml, found upward')
      .addHelpText('after', EXAMPLES);
  },

  async run(call) {
    const file = await openLock(call, await openConfig(call));
    const references = await referencesOf(call, file);
    const { platform } = call.options;
    const answers = await askRegistries(call, references, { platform });
    // One platform's digest is not what the lock holds, so it says nothing about it.
    const lock = platform === undefined ? file.lock : undefined;
    const asked = references.map((reference, at) => ({ reference, answer: answerAt(answers, at) }));
    const images = asked.map((one) => imageOf(one, platform));
    const against = lock && { lock, text: await readLockText(lock.file) };
    const findings = resolveFindings(asked, against);
    await print(call, { images, findings, sources: against ? [against.text] : [] });
    return exitCode(findings, { failOn: call.options.failOn ?? ['error'] });
  },
};

async function referencesOf({ args }: Call, { path, lock }: LockFile): Promise<ImageReference[]> {
  if (args.length > 0) return Promise.all(args.map(readImage));
  if (lock === undefined) {
    throw new CliError('usage', `name a reference, or make ${path} with 'pindrift lock'`);
  }
  return lock.images.map(({ image }) => readReference(image));
}

function answerAt(answers: readonly Answer[], at: number): Answer {
  const answer = answers[at];
  if (answer === undefined) throw new TypeError(`no answer to question ${at}`);
  return answer;
}

function imageOf({ reference, answer }: Asked, platform: string | undefined): ResolvedImage {
  const { text } = reference;
  const about = { text, reference: nameOf(reference), platform };
  if (answer.kind !== 'resolved') return { ...about, digest: undefined };
  const { digest, mediaType, size, verified } = answer.resolved;
  return { ...about, digest, mediaType, size, verified };
}

interface Resolution {
  readonly images: readonly ResolvedImage[];
  readonly findings: readonly Finding[];
  readonly sources: readonly Input[];
}

async function print(
  call: Call<ResolveOptions>,
  { images, findings, sources }: Resolution,
): Promise<void> {
  if (call.options.format === 'json') {
    await printDocument(call, resolveDocument({ images, findings }));
    return;
  }
  const [only] = images;
  if (call.args.length !== 1) await printText(call, resolvedTable(images, layoutOf(call)));
  else if (only?.digest !== undefined) await printLines(call, [only.digest]);
  await printFindings(call, call.io.stderr, findings, sources);
}
