import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { YamlSource } from '../shape/yaml-source.ts';
import { entryFields, formatEntry } from './format-lock.ts';
import { byImage, type LockEntry } from './lock.ts';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An entry as it stands in the text; offsets in characters, of whole lines. */
interface Standing {
  readonly node: YAMLMap;
  readonly entry: LockEntry;
  /** Where the comments directly above it begin. */
  readonly start: number;
  /** Behind the line break of its last line. */
  readonly end: number;
  /** What stands before its dash. */
  readonly indent: string;
}

/**
 * The text with `wanted` as its entries, changed only where it must be; undefined where the list is
 * not a block of lines that can be taken apart.
 */
export function spliceEntries(
  text: string,
  source: YamlSource,
  wanted: readonly LockEntry[],
): string | undefined {
  const standing = standingEntries(text, source);
  if (standing === undefined) return spliceEmpty(text, source, wanted);
  const goal = new Map(wanted.map((entry) => [entry.image, entry]));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const splices: Splice[] = [];
  for (const one of standing) {
    const entry = goal.get(one.entry.image);
    goal.delete(one.entry.image);
    if (entry === undefined) splices.push({ start: one.start, end: one.end, text: '' });
    else splices.push(...changeEntry(text, one, entry, eol));
  }
  if (splices.filter((splice) => splice.text === '').length === standing.length) return undefined;
  for (const entry of [...goal.values()].toSorted(byImage)) {
    splices.push(addEntry(text, standing, entry, eol));
  }
  return applied(text, splices);
}

function standingEntries(text: string, source: YamlSource): Standing[] | undefined {
  const list = source.document.getIn(['spec', 'images'], true);
  if (!isSeq(list) || list.flow || list.items.length === 0) return undefined;
  const standing = list.items.map((item) => standingEntry(text, item as Node));
  return standing.every((one) => one !== undefined) ? standing : undefined;
}

function standingEntry(text: string, node: Node): Standing | undefined {
  if (!isMap(node) || node.flow || !node.range || node.anchor) return undefined;
  const lineStart = text.lastIndexOf('\n', node.range[0] - 1) + 1;
  const dash = /^( *)- +$/.exec(text.slice(lineStart, node.range[0]));
  if (dash === null) return undefined;
  const last = node.items.at(-1)?.value as Node | undefined;
  if (!last?.range) return undefined;
  return {
    node,
    entry: node.toJSON() as LockEntry,
    start: commentsAbove(text, lineStart),
    end: endOfValue(text, last),
    indent: dash[1] ?? '',
  };
}

function commentsAbove(text: string, lineStart: number): number {
  for (;;) {
    const above = text.lastIndexOf('\n', lineStart - 2) + 1;
    if (lineStart === 0 || !/^[ \t]*#/.test(text.slice(above, lineStart))) return lineStart;
    lineStart = above;
  }
}

/** Behind the last line of a value; that of a list in lines takes its line break along. */
function endOfValue(text: string, value: Node): number {
  const end = value.range?.[1] ?? 0;
  return text[end - 1] === '\n' ? end : endOfLine(text, end);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function changeEntry(
  text: string,
  { node, entry, indent }: Standing,
  wanted: LockEntry,
  eol: string,
): Splice[] {
  const splices: Splice[] = [];
  const fields = new Map<string, string>(entryFields(wanted));
  let last = 0;
  for (const [at, pair] of node.items.entries()) {
    const [key, value] = [pair.key as Node, pair.value as Node];
    if (!isScalar(key) || !value?.range) continue;
    const name = String(key.value) as keyof LockEntry;
    const field = fields.get(name);
    fields.delete(name);
    last = Math.max(last, endOfValue(text, value));
    if (name === 'image' || same(entry[name], wanted[name])) continue;
    const next = at === 0 ? (node.items[1]?.key as Node | undefined) : undefined;
    splices.push(
      field === undefined
        ? lineOf(text, key, value, next)
        : changeValue(text, key, value, `${field}${eol}`),
    );
  }
  const added = [...fields].map(([key, field]) => `${indent}  ${key}: ${field}${eol}`).join('');
  if (added !== '')
    splices.push({ start: last, end: last, text: onNewLine(text, last, added, eol) });
  return splices;
}

/** The value in its line; a list in lines of its own becomes one that stands behind its key. */
function changeValue(text: string, key: Node, value: Node, line: string): Splice {
  const [start, end] = value.range ?? [0, 0];
  if (text[end - 1] !== '\n') return { start, end, text: line.trimEnd() };
  return { start: key.range?.[1] ?? start, end, text: `: ${line}` };
}

/** The whole line; from the one with the dash, which must stay, all up to the `next` key. */
function lineOf(text: string, key: Node, value: Node, next: Node | undefined): Splice {
  const from = key.range?.[0] ?? 0;
  if (next?.range) return { start: from, end: next.range[0], text: '' };
  return { start: text.lastIndexOf('\n', from - 1) + 1, end: endOfValue(text, value), text: '' };
}

/** Before the first entry that comes behind it in a sorted list, or at the end. */
function addEntry(
  text: string,
  standing: readonly Standing[],
  entry: LockEntry,
  eol: string,
): Splice {
  const sorted = standing.every(
    (one, at) => at === 0 || byImage(standing[at - 1]?.entry ?? one.entry, one.entry) <= 0,
  );
  const next = sorted ? standing.find((one) => byImage(entry, one.entry) < 0) : undefined;
  const indent = standing[0]?.indent ?? '  ';
  const lines = formatEntry(entry, indent)
    .map((line) => line + eol)
    .join('');
  const at = next?.start ?? standing.at(-1)?.end ?? text.length;
  return { start: at, end: at, text: onNewLine(text, at, lines, eol) };
}

/** The list `[]`, or no list at all, becomes a list of lines. */
function spliceEmpty(
  text: string,
  source: YamlSource,
  wanted: readonly LockEntry[],
): string | undefined {
  const list = source.document.getIn(['spec', 'images'], true);
  if (!isSeq(list) || list.items.length > 0 || !list.range || wanted.length === 0) return undefined;
  const lineStart = text.lastIndexOf('\n', list.range[0] - 1) + 1;
  const key = /^( *)images: *$/.exec(text.slice(lineStart, list.range[0]));
  if (key === null) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = wanted.flatMap((entry) => formatEntry(entry, key[1] ?? ''));
  const start = lineStart + key[0].trimEnd().length;
  const [, end] = list.range;
  const comment = text.slice(end, endOfLine(text, end)).trimEnd();
  const block = [comment, ...lines].join(eol) + eol;
  return applied(text, [{ start, end: endOfLine(text, end), text: block }]);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A file need not end in a line break; what is added behind its last line needs one before. */
function onNewLine(text: string, at: number, lines: string, eol: string): string {
  if (at === 0 || text[at - 1] === '\n') return lines;
  return `${eol}${lines.slice(0, -eol.length)}`;
}

function applied(text: string, splices: readonly Splice[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: inserted } of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + inserted;
    from = Math.max(from, end);
  }
  return result + text.slice(from);
}
