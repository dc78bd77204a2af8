import type { Finding } from '../findings/finding.ts';
import type { RenderInput } from './render.ts';
import type { Teller } from './teller.ts';

/** A render with a forgotten lock has thousands of findings of one kind; the first few tell it. */
const SHOWN = 20;

/** The findings as a person reads them, the gravest first. Beyond twenty, only their number. */
export function describeFindings(
  findings: readonly Finding[],
  inputs: readonly RenderInput[],
  { formatFinding }: Teller,
): string {
  const grave = findings.filter((finding) => finding.severity === 'error');
  const others = findings.filter((finding) => finding.severity !== 'error');
  const sources = new Map(inputs.map(({ file, text }) => [file, Buffer.from(text).toString()]));
  const shown = [...grave, ...others].slice(0, SHOWN).map((finding) => {
    const source = sources.get(finding.file);
    return formatFinding(finding, source === undefined ? {} : { source });
  });
  const hidden = findings.length - shown.length;
  if (hidden > 0) shown.push(`and ${hidden} more; --report FILE writes all of them as JSON\n`);
  return shown.join('');
}
