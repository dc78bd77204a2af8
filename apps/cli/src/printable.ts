/**
 * The text without what could move a terminal's cursor, change its colours or its title: control
 * characters (C0 but for line feed and tab, C1) and the marks that reorder text come out as `\u{…}`.
 */
export function printable(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** The same for what must stay on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
