import widthOf from 'fast-string-width';
import { printableLine } from './printable.ts';

export interface Excerpted {
  readonly kind: string;
  readonly line: number;
  readonly column: number;
  /** The value, as YAML reads it. */
  readonly text: string;
}

/** More of a value would wrap. */
const SHOWN_CHARACTERS = 120;

/**
 * What may stand before an image on its line: indentation, list dashes, one key, and an opening
 * quote. Anything else (a flow mapping, JSON on one line) may hold a secret and is not shown.
 */
const BEFORE_VALUE =
  /^[ \t]{0,60}(?:- +)*(?:"[\w./-]{1,60}"|'[\w./-]{1,60}'|[\w./-]{1,60}) *: *["']?$/;

/**
 * The source line of a value with a line under it that points at the value, or nothing: where there
 * is no value, and in a Secret. What stands behind the value is left out; it may be a secret too.
 */
export function excerpt(
  { kind, line, column, text }: Excerpted,
  source: string,
): readonly string[] {
  if (text === '' || kind === 'Secret') return [];
  const whole = lineOf(source, line);
  const before = whole.slice(0, codeUnits(whole, column - 1));
  const lead = BEFORE_VALUE.test(before) ? before.replaceAll('\t', ' ') : '… ';
  const cut = text.length > SHOWN_CHARACTERS;
  const value = printableLine(text.slice(0, SHOWN_CHARACTERS)) + (cut ? '…' : '');
  const gutter = ' '.repeat(String(line).length);
  const pointer = `^${'~'.repeat(Math.max(0, widthOf(value) - 1))}`;
  const end = cut || lead === '… ' ? '' : closingQuote(whole, before, text);
  return [
    `  ${line} | ${lead}${value}${end}`,
    `  ${gutter} | ${' '.repeat(widthOf(lead))}${pointer}`,
  ];
}

/** The quote that ends the value, where the value stands in quotes and ends right there. */
function closingQuote(line: string, before: string, text: string): string {
  const quote = before.at(-1) ?? '';
  if (quote !== '"' && quote !== "'") return '';
  return line.startsWith(`${text}${quote}`, before.length) ? quote : '';
}

/** The line without its end; `\n`, `\r\n` and a lone `\r` end one, as in YAML. */
function lineOf(source: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at++) {
    LINE_END.lastIndex = start;
    if (!LINE_END.test(source)) return '';
    start = LINE_END.lastIndex;
  }
  LINE_END.lastIndex = start;
  const end = LINE_END.exec(source)?.index ?? source.length;
  return source.slice(start, end);
}

const LINE_END = /\r\n|\n|\r/g;

/** Columns count characters; a string is sliced by code units. */
function codeUnits(line: string, characters: number): number {
  let units = 0;
  for (const character of line) {
    if (characters-- <= 0) break;
    units += character.length;
  }
  return units;
}
