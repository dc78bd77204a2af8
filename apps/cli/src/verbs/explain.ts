import { consequence, FINDING_CODES, type FindingCode, findingCode } from '@pindrift/pin';
import { Argument } from 'commander';
import { printText } from '../output.ts';
import { printJson } from '../print-results.ts';
import type { Verb } from '../verb.ts';

/** `pindrift explain CODE` */
export const explain: Verb = {
  declare(command) {
    command
      .addArgument(
        new Argument('[code]', 'a finding code; none: all').choices(Object.keys(FINDING_CODES)),
      )
      .addHelpText('after', '\nExample:\n  pindrift explain not-locked');
  },

  async run(call) {
    const asked = call.args[0] === undefined ? undefined : findingCode(call.args[0]);
    const codes = asked === undefined ? (Object.keys(FINDING_CODES) as FindingCode[]) : [asked];
    if (call.options.format === 'table') await printText(call, codes.map(page).join('\n'));
    else {
      const list = codes.map(row);
      await printJson(call, 'explain', { codes: list });
    }
    return 0;
  },
};

function row(code: FindingCode): Readonly<Record<string, unknown>> {
  const { title, meaning, fix, severity, exitCode } = FINDING_CODES[code];
  return { code, title, meaning, fix, severity, exitCode, consequence: consequence(code) };
}

function page(code: FindingCode): string {
  const { title, meaning, fix } = FINDING_CODES[code];
  return `${code}: ${title}\n\n  ${meaning}\n\n  ${fix}\n\n  ${consequence(code)}\n`;
}
