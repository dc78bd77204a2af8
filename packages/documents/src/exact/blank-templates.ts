/** Stands for each character of a template inside of a line; no manifest has it. */
export const BLANK = '\ue000';

/** Actions of Go templates and Jinja, ERB and EJS; each may go over several lines. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['{{', '}}'],
  ['{%', '%}'],
  ['{#', '#}'],
  ['<%', '%>'],
]);

/** True for a text that may become YAML when its templates are filled in. */
export function hasTemplates(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}

/**
 * The text of a template file with its actions taken out, at the same length: a line of nothing but
 * actions becomes blank, an action inside of a line becomes text that says nothing. What both arms
 * of an `if` hold then stands there one after the other.
 */
export function blankTemplates(text: string): string {
  return blankActions(text)
    .split('\n')
    .map((line) => (isBlank(line) ? ' '.repeat(line.length) : line))
    .join('\n');
}

function blankActions(text: string): string {
  const openings = /\{\{|\{%|\{#|<%/g;
  const unclosed = new Set<string>();
  let blanked = '';
  let from = 0;
  for (let match = openings.exec(text); match !== null; match = openings.exec(text)) {
    const closing = ACTIONS.get(match[0]) ?? '';
    const close = unclosed.has(closing) ? -1 : text.indexOf(closing, match.index + 2);
    if (close < 0) {
      unclosed.add(closing);
      continue;
    }
    const end = close + closing.length;
    const action = text.slice(match.index, end).replaceAll(/[^\n]/g, BLANK);
    blanked += text.slice(from, match.index) + action;
    from = openings.lastIndex = end;
  }
  return blanked + text.slice(from);
}

function isBlank(line: string): boolean {
  return line.includes(BLANK) && line.replaceAll(BLANK, '').trim() === '';
}
