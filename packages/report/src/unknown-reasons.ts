import { FINDING_CODES, type Finding } from '@pindrift/pin';
import { formatFinding } from './format-finding.ts';

/** More would push the table off the screen; the first mostly explains the others. */
const SHOWN = 8;

/**
 * Why something is not known, for below a table, which has no room for it: one line for each such
 * finding, the first ones only. Empty text where all is known.
 */
export function unknownReasons(
  findings: readonly Finding[],
  options: { readonly color?: boolean } = {},
): string {
  const unknown = findings.filter(({ code }) => FINDING_CODES[code].exitCode === 2);
  const lines = unknown
    .slice(0, SHOWN)
    .map((finding) => formatFinding({ ...finding, help: '' }, options));
  const more = unknown.length - lines.length;
  return lines.join('') + (more > 0 ? `… and ${more} more; see --format json\n` : '');
}
