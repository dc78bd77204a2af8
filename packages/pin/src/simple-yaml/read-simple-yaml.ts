import { bail, NOT_SIMPLE } from './not-simple.ts';
import { readLiteral } from './read-literal.ts';
import { readScalar } from './read-scalar.ts';
import { type Line, splitLines } from './split-lines.ts';

interface Reader {
  readonly lines: Line[];
  /** Index of the next line. */
  at: number;
}

/** Far more levels than any of our files has; deeper ones are the full reader's. */
const DEPTH_MAX = 32;

const KEY = /^(?:([A-Za-z_][\w./-]*)|"([^"\\]*)"|'([^']*)') *:(?: +|$)/;

/**
 * The value of a YAML text that is written as we, kustomize and kpt write locks: block mappings and
 * sequences, scalars on one line, lists of scalars in brackets, literal blocks. Undefined for
 * anything else, valid or not; never another value than that of the full reader.
 */
export function readSimpleYaml(text: string): unknown {
  try {
    const reader = { lines: splitLines(text), at: 0 };
    const value = readNode(reader, 0, 0);
    return peek(reader) === undefined ? value : undefined;
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined;
    throw error;
  }
}

function readNode(reader: Reader, least: number, depth: number): unknown {
  const line = peek(reader);
  if (line === undefined || line.indent < least || depth > DEPTH_MAX) return bail();
  return isItem(line)
    ? readSequence(reader, line.indent, depth)
    : readMapping(reader, line.indent, depth);
}

function readMapping(reader: Reader, indent: number, depth: number): object {
  const entries = new Map<string, unknown>();
  for (let line = peek(reader); line?.indent === indent; line = peek(reader)) {
    if (isItem(line)) break;
    const match = KEY.exec(line.text) ?? bail();
    const key = match[1] ?? match[2] ?? match[3] ?? bail();
    if (entries.has(key) || isSpecialKey(key, match[1] !== undefined)) bail();
    reader.at++;
    entries.set(key, readValue(reader, line.text.slice(match[0].length), indent, depth));
  }
  if ((peek(reader)?.indent ?? -1) > indent || entries.size === 0) bail();
  return Object.fromEntries(entries);
}

function readSequence(reader: Reader, indent: number, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let line = peek(reader); line?.indent === indent && isItem(line); line = peek(reader)) {
    const text = line.text.slice(1).trimStart();
    const inner = indent + line.text.length - text.length;
    if (KEY.test(text)) {
      // The first key of an item stands on the line of its dash.
      reader.lines[reader.at] = { ...line, indent: inner, text };
      items.push(readMapping(reader, inner, depth + 1));
    } else {
      if (isItem({ text })) bail();
      reader.at++;
      items.push(readValue(reader, text, indent, depth, { inSequence: true }));
    }
  }
  if ((peek(reader)?.indent ?? -1) > indent) bail();
  return items;
}

/** What stands behind a key or a dash, on its line or below it. */
function readValue(
  reader: Reader,
  text: string,
  indent: number,
  depth: number,
  { inSequence = false }: { readonly inSequence?: boolean } = {},
): unknown {
  if (text.startsWith('|')) {
    const { value, next } = readLiteral(reader.lines, reader.at, text, indent);
    reader.at = next;
    return value;
  }
  const below = peek(reader);
  const deeper = below !== undefined && below.indent > indent;
  if (text === '' || text.startsWith('#')) {
    const beside = !inSequence && below?.indent === indent && isItem(below);
    return deeper || beside ? readNode(reader, indent, depth + 1) : null;
  }
  return deeper ? bail() : readScalar(text);
}

/** The next line that has text. */
function peek(reader: Reader): Line | undefined {
  while (reader.lines[reader.at]?.indent === -1) reader.at++;
  return reader.lines[reader.at];
}

function isItem({ text }: Pick<Line, 'text'>): boolean {
  return text === '-' || text.startsWith('- ');
}

/** Keys that are no text to some reader, or no ordinary property to JavaScript. */
function isSpecialKey(key: string, plain: boolean): boolean {
  return key === '__proto__' || (plain && /^(?:null|true|false|y|yes|n|no|on|off)$/i.test(key));
}
