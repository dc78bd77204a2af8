import { FORMATS } from '@pindrift/pin';
import { printable } from '@pindrift/report/printable';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { FORMAT_NAMES, formatNamed } from '../lock-formats.ts';
import { type LockOption, openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import { printText } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

interface ExportOptions extends LockOption {
  readonly to: string;
}

/** `pindrift export --to FORMAT` */
export const exportLock: Verb<ExportOptions> = {
  declare(command) {
    const formats = FORMATS.map(({ name, title }) => `  ${name.padEnd(16)}${title}\n`).join('');
    const example = 'Example:\n  pindrift export --to kustomize >> k8s/kustomization.yaml';
    command
      .addOption(
        new Option('--to <format>', 'the format').choices(FORMAT_NAMES).makeOptionMandatory(),
      )
      .option('--lock <file>', 'the lock; default: images.lock.yaml, found upward')
      .addHelpText('after', `\nFormats:\n${formats}\n${example}`);
  },

  async run(call) {
    const { path, lock } = await openLock(call, await openConfig(call));
    if (lock === undefined) {
      throw new CliError('not-found', `${path}: there is no lock; make it with 'pindrift lock'`);
    }
    const { to, format } = call.options;
    const text = formatNamed(to).write(lock.images);
    if (format === 'json') await printJson(call, 'export', { lock: path, format: to, text });
    else await printText(call, printable(text));
    return 0;
  },
};
