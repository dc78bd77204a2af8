/** A place in a text; both numbers are 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** More would wrap in a terminal; a minified line can have megabytes. */
const SHOWN_CHARACTERS = 120;

/** `deploy.yaml:12:5` */
export function formatPosition(file: string, position: Position): string {
  return `${file}:${position.line}:${position.column}`;
}

/**
 * The source line with a caret under the column, for the end of a message. `shown` limits how many
 * characters from the column on are shown, where those behind could be a secret.
 */
export function pointAt(text: string, position: Position, shown: number = Infinity): string {
  const line = text.split('\n', position.line)[position.line - 1]?.replace(/\r$/, '') ?? '';
  const from = Math.max(0, position.column - SHOWN_CHARACTERS / 2);
  const to = Math.min(from + SHOWN_CHARACTERS, position.column - 1 + shown);
  const gutter = `${position.line} | `;
  const cut = to < line.length ? '…' : '';
  const before = ' '.repeat(gutter.length + position.column - 1 - from);
  return `  ${gutter}${printable(line.slice(from, to))}${cut}\n  ${before}^`;
}

/** The text with control characters as spaces, so that it can neither move a cursor nor end a line. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
