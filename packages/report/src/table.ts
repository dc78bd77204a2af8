import widthOf from 'fast-string-width';
import { paint, type Style } from './color.ts';
import { printableLine } from './printable.ts';

/** How a table is to be laid out. */
export interface Layout {
  /**
   * Columns of the terminal; cells are wrapped to fit. Default, and for the 0 that a terminal without
   * a size reports: as wide as it gets.
   */
  readonly width?: number;
  /** Default false. */
  readonly color?: boolean;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

const GAP = 2;

/** No column is made narrower; a terminal that is too narrow even so gets long lines. */
const NARROWEST = 10;

/**
 * Rows under a heading, without borders, every cell printable. What does not fit `width` is wrapped
 * inside its column: nothing is cut off. Empty text where there are no rows.
 */
export function formatTable(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  { width = 0, color = false }: Layout = {},
): string {
  if (rows.length === 0) return '';
  const head = heads.map((text): Cell => ({ text, style: 'bold' }));
  const safe = [head, ...rows].map((row) => row.map(printableCell));
  const widths = fit(naturalWidths(safe), width > 0 ? width : Number.POSITIVE_INFINITY);
  return safe.map((row) => formatRow(row, widths, color)).join('');
}

function printableCell({ text, style }: Cell): Cell {
  return { text: printableLine(text), style };
}

function naturalWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(text));
    });
  }
  return widths;
}

/** The widest columns give way first, all down to the same width. */
function fit(widths: readonly number[], width: number): readonly number[] {
  const available = width - GAP * (widths.length - 1);
  const total = (cap: number): number => widths.reduce((sum, one) => sum + Math.min(one, cap), 0);
  let cap = Math.max(...widths);
  while (cap > NARROWEST && total(cap) > available) cap--;
  return widths.map((one) => Math.min(one, cap));
}

function formatRow(row: readonly Cell[], widths: readonly number[], color: boolean): string {
  const cells = row.map(({ text }, column) => wrap(text, widths[column] ?? 0));
  const height = Math.max(...cells.map((lines) => lines.length));
  let lines = '';
  for (let line = 0; line < height; line++) {
    lines += formatLine(
      row,
      cells.map((parts) => parts[line] ?? ''),
      widths,
      color,
    );
  }
  return lines;
}

function formatLine(
  row: readonly Cell[],
  texts: readonly string[],
  widths: readonly number[],
  color: boolean,
): string {
  const last = texts.findLastIndex((text) => text !== '');
  const parts = texts.slice(0, last + 1).map((text, column) => {
    const padding = column === last ? 0 : (widths[column] ?? 0) + GAP - widthOf(text);
    const painted = text === '' ? '' : paint(text, row[column]?.style, color);
    return painted + ' '.repeat(padding);
  });
  return `${parts.join('')}\n`;
}

/** Breaks behind a separator where one stands behind the first third of the line, else anywhere. */
function wrap(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const end = breakAt(rest, width);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? lines : [...lines, rest];
}

/** Index of the first character that goes to the next line; at least one stays. */
function breakAt(text: string, width: number): number {
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width && end > 0) break;
    end += character.length;
  }
  const separator = text.slice(0, end).search(/[/@:., -][^/@:., -]*$/) + 1;
  return separator > end / 3 ? separator : end;
}
