import { bail } from './not-simple.ts';

export interface Line {
  /** Spaces before the text; -1 for a line without text: empty, or a comment. */
  readonly indent: number;
  /** Without the indentation; a comment behind a value is still there. */
  readonly text: string;
  /** As it stands, without the line break: what a literal block is made of. */
  readonly raw: string;
}

/** Characters that YAML readers treat in ways of their own: tabs, controls, other line breaks, marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const SPECIAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff]/;

/** The lines of a text that holds one document; gives up where there may be more in it. */
export function splitLines(text: string): Line[] {
  const body = text.replace(/\r\n/g, '\n').replace(/\n$/, '');
  if (SPECIAL.test(body)) bail();
  const lines = body.split('\n').map(lineOf);
  const first = lines.findIndex((line) => line.indent >= 0);
  const hasMark = lines[first]?.raw.trimEnd() === '---';
  const content = lines.slice(hasMark ? first + 1 : 0);
  if (content.some(({ raw }) => /^(?:---|\.\.\.|%)/.test(raw))) bail();
  return content;
}

function lineOf(raw: string): Line {
  const text = raw.trimStart();
  const indent = raw.length - text.length;
  if (text === '' || text.startsWith('#')) return { indent: -1, text: '', raw };
  return { indent, text, raw };
}
