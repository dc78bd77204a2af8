import { bail } from './not-simple.ts';
import type { Line } from './split-lines.ts';

/** A literal block, `|` or `|-`, and the index of the first line behind it. */
export function readLiteral(
  lines: readonly Line[],
  from: number,
  header: string,
  parentIndent: number,
): { value: string; next: number } {
  const match = /^\|(-?) *(?: #.*)?$/.exec(header) ?? bail();
  const next = endOfBlock(lines, from, parentIndent);
  const raws = lines.slice(from, next).map(({ raw }) => raw);
  while (raws.length > 0 && isBlank(raws.at(-1) ?? '')) raws.pop();
  const first = raws.find((raw) => !isBlank(raw));
  if (first === undefined) bail();
  const indent = first.length - first.trimStart().length;
  if (first[indent - 1] === '\t' || indent <= parentIndent) bail();
  const content = raws.map((raw) => withoutIndent(raw, indent));
  if (lines.slice(from, next).some(({ raw }) => isBlank(raw) && raw.length > indent)) bail();
  return { value: content.join('\n') + (match[1] === '-' ? '' : '\n'), next };
}

/** A block ends before the first line that is indented no deeper than its key. */
function endOfBlock(lines: readonly Line[], from: number, parentIndent: number): number {
  let next = from;
  for (; next < lines.length; next++) {
    const raw = lines[next]?.raw ?? '';
    if (!isBlank(raw) && raw.search(/[^ ]/) <= parentIndent) break;
  }
  return next;
}

function isBlank(raw: string): boolean {
  return /^ *$/.test(raw);
}

function withoutIndent(raw: string, indent: number): string {
  if (isBlank(raw)) return '';
  return raw.search(/[^ ]/) < indent ? bail() : raw.slice(indent);
}
