import { bail } from './not-simple.ts';

/** What follows a quoted scalar or a bracket on its line: nothing, or a comment. */
const REST = /^ *(?:| #.*)$/;

/**
 * What stands in a lock: names of images, digests, media types, platforms. Told apart from all that
 * follows with one expression, as each costs a start the time that it takes to compile.
 */
const WORD = /^(?!(?:null|true|false|y|n|yes|no|on|off)$)[a-z][\w./+-]*(?::[\w./+-]+)*$/;

/** Plain text that no YAML reader takes for anything but text, a number or a word of its own. */
const PLAIN = /^[A-Za-z0-9_/.+-]/;

const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** What readers of YAML 1.1 and 1.2 take for something that is no text, each in its own way. */
const UNCLEAR =
  /^(?:[-+.]?\d[\d_.:xobeE+-]*|0[xob][\da-fA-F_]+|[-+]?\.(?:inf|nan)|\.nan|y|n|yes|no|on|off)$/i;

/** The value of a scalar that fills the rest of a line. */
export function readScalar(text: string): unknown {
  if (text.startsWith('"')) return readDouble(text);
  if (text.startsWith("'")) return readSingle(text);
  if (text.startsWith('[')) return readList(text);
  if (/^\{ *\}/.test(text)) return REST.test(text.slice(text.indexOf('}') + 1)) ? {} : bail();
  return readPlain(text.includes('#') ? withoutComment(text) : text.trimEnd());
}

function readPlain(text: string): unknown {
  if (WORD.test(text)) return text;
  if (!PLAIN.test(text) || /: |:$|\t| #/.test(text) || /^-(?: |$)|^(?:---|\.\.\.)$/.test(text))
    bail();
  if (/^(?:null|~)$/i.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (INTEGER.test(text)) return Number(text);
  return UNCLEAR.test(text) ? bail() : text;
}

function withoutComment(text: string): string {
  const comment = text.search(/ #/);
  return (comment < 0 ? text : text.slice(0, comment)).trimEnd();
}

function readDouble(text: string): string {
  const match = /^"(?:[^"\\]|\\.)*"/.exec(text) ?? bail();
  if (!REST.test(text.slice(match[0].length))) bail();
  return unescaped(match[0]);
}

/** JSON strings are the part of double-quoted scalars that needs no YAML reader. */
function unescaped(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return bail();
  }
}

function readSingle(text: string): string {
  const match = /^'((?:[^']|'')*)'/.exec(text) ?? bail();
  if (!REST.test(text.slice(match[0].length))) bail();
  return (match[1] ?? '').replaceAll("''", "'");
}

/** `[linux/amd64, "linux/arm64"]`: scalars only, on one line. */
function readList(text: string): unknown[] {
  const items: unknown[] = [];
  let rest = text.slice(1).trimStart();
  while (!rest.startsWith(']')) {
    const item = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,[\]{}"'#&*!|>%@`?][^,[\]{}"'#]*)/.exec(
      rest,
    );
    if (item === null) bail();
    items.push(readItem(item[0].trim()));
    rest = rest.slice(item[0].length).trimStart();
    if (rest.startsWith(',')) rest = rest.slice(1).trimStart();
    else if (!rest.startsWith(']')) bail();
  }
  return REST.test(rest.slice(1)) ? items : bail();
}

function readItem(text: string): unknown {
  // Inside brackets `a:1` is one word to some readers and a pair to others.
  if (!/^["']/.test(text) && text.includes(':')) bail();
  return readScalar(text);
}
