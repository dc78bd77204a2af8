import { checkText, exitCode } from '@pindrift/pin';
import { checkDocument, formatSummary, summarizeImages } from '@pindrift/report';
import { type ExamineOptions, examine, findingsOf, imagesOf, inputsOf } from '../examine.ts';
import { addInputArguments } from '../input-arguments.ts';
import { write } from '../io.ts';
import { type LockOption, openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import { note } from '../output.ts';
import { printDocument, printFindings } from '../print-results.ts';
import type { Verb } from '../verb.ts';

const ONLY_DIGESTS = 'only whether images have digests is checked, not which ones';

/** `pindrift check [PATH…|-]` */
export const check: Verb<ExamineOptions & LockOption> = {
  declare(command) {
    addInputArguments(command)
      .option(
        '--lock <file>',
        'the lock; default: images.lock.yaml upward from the paths, then from here',
      )
      .addHelpText(
        'after',
        '\nExamples:\n  pindrift check k8s\n  kustomize build --enable-alpha-plugins --enable-exec k8s | pindrift check -',
      );
  },

  async run(call) {
    const config = await openConfig(call);
    const { path, lock } = await openLock(call, config, { paths: call.args });
    if (lock === undefined) note(call, `${path}: there is no lock; ${ONLY_DIGESTS}`);
    const { fields, ignore } = config;
    const context = { fields, ignore, ...(lock && { lock }) };
    const seen = await examine(call, context, checkText);
    const [images, findings] = [imagesOf(seen), findingsOf(seen)];
    if (call.options.format === 'json') {
      await printDocument(call, checkDocument({ images, findings }));
    } else {
      await printFindings(call, call.io.stdout, findings, inputsOf(seen));
      await write(call.io.stdout, formatSummary(summarizeImages(images, findings)));
    }
    return exitCode(findings, { failOn: call.options.failOn ?? ['error'] });
  },
};
