/** What every YAML reader takes for a string and nothing else, without quotes. */
const PLAIN = /^[A-Za-z_/][\w./:@+-]*$/;

/** Words that YAML 1.1 readers, Go's among them, take for a boolean or nothing. */
const WORDS = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/**
 * A string as a YAML scalar in block context: plain where that is safe, a literal block of lines
 * behind `indent` where it has whole lines, in double quotes otherwise.
 */
export function scalar(text: string, indent?: string): string {
  if (PLAIN.test(text) && !text.endsWith(':') && !WORDS.test(text)) return text;
  if (indent !== undefined && isLiteral(text)) {
    return `|\n${indent}${text.slice(0, -1).replaceAll('\n', `\n${indent}`)}`;
  }
  return quoted(text);
}

/** A string as a YAML scalar inside brackets. */
export function flowScalar(text: string): string {
  return text.includes(':') ? quoted(text) : scalar(text);
}

/** JSON strings are YAML; what YAML calls not printable is escaped too. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Printable ASCII lines that end in exactly one line feed and begin with no space. */
function isLiteral(text: string): boolean {
  return /^[!-~][ -~]*(?:\n[ -~]*[!-~])*\n$/.test(text) && !/ \n/.test(text);
}
