import type { Finding } from '@pindrift/pin';
import { paint, SEVERITY_STYLE } from './color.ts';
import { excerpt } from './excerpt.ts';
import { formatPlace } from './place.ts';
import { printable } from './printable.ts';

export interface FindingFormat {
  /** The text of the file that the finding is about; without it no source line is shown. */
  readonly source?: string;
  /** Default false. */
  readonly color?: boolean;
}

/**
 * One finding for a person to read, with a final line feed:
 *
 * ```
 * k8s/web.yaml:12:16: error: unpinned: Deployment shop/web, spec.…[0].image: nginx:1.27 has no digest
 *   12 |         image: nginx:1.27
 *      |                ^~~~~~~~~~
 *   help: pindrift pin --write k8s/web.yaml
 * ```
 *
 * Of the source nothing is shown but the image and the key before it, and nothing at all of a Secret.
 */
export function formatFinding(finding: Finding, options: FindingFormat = {}): string {
  const { source, color = false } = options;
  const place = formatPlace(finding);
  const message = finding.message.startsWith(`${place}: `)
    ? finding.message.slice(place.length + 2)
    : finding.message;
  // What was typed stands in no file.
  const where = finding.file === '' ? '' : `${paint(printable(place), 'bold', color)}: `;
  const { code, severity } = finding;
  const what = paint(`${severity}: ${code}`, SEVERITY_STYLE[severity], color);
  const lines = [
    `${where}${what}: ${printable(message)}`,
    ...(source === undefined ? [] : excerpt(finding, source)),
    ...(finding.help === ''
      ? []
      : [`  ${paint('help', 'cyan', color)}: ${printable(finding.help)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
