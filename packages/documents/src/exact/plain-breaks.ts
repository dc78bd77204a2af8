/** U+2028, U+2029 and U+0085 as a transparent text holds them. */
const SEPARATOR = /\ue0e2\ue080[\ue0a8\ue0a9]/g;
const NEXT_LINE = /\ue0c2\ue085/g;

/**
 * Turns the line breaks of YAML 1.1 that YAML 1.2 no longer has into line feeds: Go's YAML readers
 * end comments and unquoted text at them, so that what stands behind one may be an image. The length
 * stays the same.
 */
export function plainBreaks(text: string): string {
  return text.replaceAll(SEPARATOR, '  \n').replaceAll(NEXT_LINE, ' \n');
}
