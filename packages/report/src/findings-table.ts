import type { Finding } from '@pindrift/pin';
import { SEVERITY_STYLE } from './color.ts';
import { formatPlace, formatResource, shortDigest } from './place.ts';
import { printableLine } from './printable.ts';
import { formatTable, type Layout } from './table.ts';

/** More would push the table off the screen; `pindrift explain` has the rest. */
const HELP_LINES = 8;

/**
 * One row per finding, and below them what mends them, each way once. Empty text where there are no
 * findings.
 */
export function findingsTable(findings: readonly Finding[], layout: Layout = {}): string {
  if (findings.length === 0) return '';
  const heads = ['PLACE', 'FINDING', 'IMAGE', 'RESOURCE'];
  const rows = findings.map((finding) => [
    { text: formatPlace(finding) },
    { text: `${finding.severity}: ${finding.code}`, style: SEVERITY_STYLE[finding.severity] },
    { text: layout.width === undefined ? finding.text : shortDigest(finding.text) },
    { text: formatResource(finding) },
  ]);
  return `${formatTable(heads, rows, layout)}\n${helpLines(findings)}`;
}

function helpLines(findings: readonly Finding[]): string {
  const lines = new Set(findings.map(({ code, help }) => `${code}: ${printableLine(help)}\n`));
  const shown = [...lines].slice(0, HELP_LINES);
  const more = lines.size - shown.length;
  return shown.join('') + (more > 0 ? `… and ${more} more; see --format json\n` : '');
}
