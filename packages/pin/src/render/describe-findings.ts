import type { Finding } from '../findings/finding.ts';

/** A render with a forgotten lock has thousands of findings of one kind; the first few tell it. */
const SHOWN = 20;

/**
 * The findings as a person reads them on a terminal, the gravest first, one line for what is wrong
 * and one for what mends it. Beyond twenty, only their number.
 */
export function describeFindings(findings: readonly Finding[]): string {
  const grave = findings.filter((finding) => finding.severity === 'error');
  const others = findings.filter((finding) => finding.severity !== 'error');
  const ordered = [...grave, ...others];
  const shown = ordered.slice(0, SHOWN).map(describe);
  const hidden = ordered.length - shown.length;
  if (hidden > 0) shown.push(`and ${hidden} more; --report FILE writes all of them as JSON\n`);
  return shown.join('');
}

/** The message begins with the place. */
function describe({ severity, code, message, help }: Finding): string {
  const mend = help === '' ? '' : `  ${help}\n`;
  return `${severity}[${code}] ${message}\n${mend}`;
}
