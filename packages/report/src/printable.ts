/**
 * Control characters but line feed and tab, and the marks that reorder or hide text: what could move
 * a terminal's cursor, change its title, or make a line read as another.
 */
const UNPRINTABLE =
  /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** Those of them that `JSON.stringify` lets stand in a string. */
const LEFT_BY_JSON =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with everything that a terminal would act on as `\u{…}`; lines stay lines. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}

/** The same, on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** A value as JSON in which no character acts on a terminal, and a reader still gets each of them. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    LEFT_BY_JSON,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
