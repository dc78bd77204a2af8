import { printableLine } from '@pindrift/report/printable';
import type { Check } from '../doctor/check.ts';
import { checkFolder } from '../doctor/folder.ts';
import { checkNetwork } from '../doctor/network.ts';
import { checkPrograms } from '../doctor/programs.ts';
import { checkRegistries } from '../doctor/registries.ts';
import { printText } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

const MARKS: Readonly<Record<Check['status'], string>> = {
  fine: 'ok',
  note: 'note',
  missing: '-',
  problem: 'FAIL',
};

/** `pindrift doctor` */
export const doctor: Verb = {
  declare(command) {
    command
      .argument('[path...]', 'files and folders whose registries are looked at; default: here')
      .addHelpText(
        'after',
        '\nExit code 1: something would fail. It asks credential helpers and, for the registries of a cloud,\nthat cloud who this machine is (not with --offline or --no-ambient-auth); no registry.',
      );
  },

  async run(call) {
    const [programs, folder] = await Promise.all([checkPrograms(call.io), checkFolder(call)]);
    const registries = await checkRegistries(call, folder.references);
    const checks = [...programs, ...checkNetwork(call.io), ...registries, ...folder.checks];
    if (call.options.format === 'json') await printJson(call, 'doctor', { checks });
    else await printText(call, table(checks));
    return checks.some(({ status }) => status === 'problem') ? 1 : 0;
  },
};

function table(checks: readonly Check[]): string {
  const names = checks.map(({ name }) => printableLine(name));
  const width = Math.max(...names.map((name) => name.length));
  const lines = checks.map(({ status, found, notes }, at) => {
    const head = `${MARKS[status].padEnd(5)}${names[at]?.padEnd(width)}  ${printableLine(found)}\n`;
    return head + notes.map((text) => `${' '.repeat(7 + width)}${printableLine(text)}\n`).join('');
  });
  return lines.join('');
}
