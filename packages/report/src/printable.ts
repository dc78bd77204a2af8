/**
 * Control characters but line feed and tab, and the marks that reorder or hide text: what could move
 * a terminal's cursor, change its title, or make a line read as another.
 */
const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** The text with everything that a terminal would act on as `\u{…}`; lines stay lines. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}

/** The same, on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
