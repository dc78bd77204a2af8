import type { Random } from './random.ts';

/** Pieces that change what YAML means. */
const PIECES = [
  ' ',
  '  ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  ':',
  ': ',
  '- ',
  '-',
  '? ',
  '#',
  ' #',
  "'",
  '"',
  '\\',
  '|',
  '>',
  '|\n',
  '>-\n',
  '&a ',
  '*a',
  '!t ',
  '!!str ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '%',
  '@',
  '`',
  '---\n',
  '...\n',
  '<<: *a\n',
  'image: x\n',
  'image',
  'kind: Pod\n',
  '"im\\x61ge"',
  '\ufeff',
  'é',
  '\u0085',
  '\u2028',
  'null',
  '~',
  '{{ x }}',
  '0',
  '  - image: y\n',
  '\n\n',
  '\\\n',
  'apiVersion: v1\n',
  '=',
];

/** The text with a few small changes, most of which make something else of it. */
export function mutate(random: Random, text: string): string {
  for (let times = random.below(4); times > 0; times--) text = mutateOnce(random, text);
  return text;
}

function mutateOnce(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(7)) {
    case 0:
    case 1:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(3));
    case 3:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at + 1);
    case 4:
      return shiftLine(random, text, at);
    case 5:
      return moveLine(random, text, at);
    default:
      return text.slice(0, at) + text.slice(at, at + random.below(40)) + text.slice(at);
  }
}

/** A line becomes deeper or less deep. */
function shiftLine(random: Random, text: string, at: number): string {
  const start = text.lastIndexOf('\n', at) + 1;
  if (random.once(2))
    return `${text.slice(0, start)}${' '.repeat(1 + random.below(3))}${text.slice(start)}`;
  return (
    text.slice(0, start) + text.slice(start).replace(new RegExp(`^ {1,${1 + random.below(3)}}`), '')
  );
}

/** A line is put somewhere else as well. */
function moveLine(random: Random, text: string, at: number): string {
  const lines = text.split('\n');
  const line = text.slice(0, at).split('\n').length - 1;
  lines.splice(random.below(lines.length + 1), 0, lines[line] ?? '');
  return lines.join('\n');
}
