import { checkText, exitCode, type FindingCode, type PinnedImage } from '@pindrift/pin';
import { findDocument, imagesTable } from '@pindrift/report';
import { type ExamineOptions, examine, findingsOf, imagesOf, inputsOf } from '../examine.ts';
import { addInputArguments } from '../input-arguments.ts';
import { write } from '../io.ts';
import { openConfig } from '../open-config.ts';
import { layoutOf, printDocument, printFindings } from '../print-results.ts';
import type { Verb } from '../verb.ts';

/** What says that an image may be missed or misread; what is not pinned is the matter of `check`. */
const ABOUT_READING: readonly FindingCode[] = [
  'unreadable',
  'templated',
  'numeric-tag',
  'unpinnable',
  'expired-ignore',
];

/** `pindrift find [PATH…|-]` */
export const find: Verb<ExamineOptions> = {
  declare(command) {
    addInputArguments(command).addHelpText(
      'after',
      '\nExamples:\n  pindrift find k8s\n  kustomize build k8s | pindrift find -',
    );
  },

  async run(call) {
    const { fields, ignore } = await openConfig(call);
    const seen = await examine(call, { fields, ignore }, checkText);
    const images = imagesOf(seen);
    const told = findingsOf(seen).filter(({ code }) => ABOUT_READING.includes(code));
    if (call.options.format === 'json') {
      await printDocument(
        call,
        findDocument({ images: images.map(withoutOutcome), findings: told }),
      );
    } else {
      await write(call.io.stdout, imagesTable(images.map(shown), layoutOf(call)));
      await printFindings(call, call.io.stderr, told, inputsOf(seen));
    }
    return exitCode(told, { failOn: call.options.failOn ?? ['none'] });
  },
};

/** An image that a rule exempts is one that nobody will pin. */
function shown(image: PinnedImage): PinnedImage | Omit<PinnedImage, 'outcome' | 'digest'> {
  return image.outcome === 'ignored' ? image : withoutOutcome(image);
}

/** What `check` would make of it is not asked here. */
function withoutOutcome(image: PinnedImage): Omit<PinnedImage, 'outcome' | 'digest'> {
  const { outcome: _outcome, digest: _digest, ...occurrence } = image;
  return occurrence;
}
