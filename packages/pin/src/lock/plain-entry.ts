/**
 * What nearly every entry looks like: Docker Hub's host with two parts, or another host with a dot;
 * lowercase, single separators, a tag.
 */
const PLAIN_ENTRY =
  /^(?!index\.)(?:docker\.io\/[a-z0-9]+\/|(?!docker\.io\/)[a-z0-9]+(?:[.-][a-z0-9]+)*[.][a-z0-9]+(?::[0-9]+)?\/)[a-z0-9]+(?:[/.-][a-z0-9]+)*:[A-Za-z0-9_][\w.-]{0,127}$/;

/** Names are far shorter; the grammar's own limit is on the path alone. */
const LENGTH_MAX = 200;

/**
 * True for text that is canonical at first sight. A render reads thousands of entries before it pins
 * the first image, and one regular expression costs it a tenth of parsing them; false says nothing.
 */
export function isPlainEntry(text: string): boolean {
  return text.length <= LENGTH_MAX && PLAIN_ENTRY.test(text);
}
