/** A byte order mark as a transparent text holds it. */
const BOM = '\ue0ef\ue0bb\ue0bf';

/**
 * Turns byte order marks at the starts of lines into spaces that mean nothing, at the ends of the
 * lines before: files that were joined have them in the middle, and Go's YAML readers skip them.
 * The length stays the same.
 */
export function plainBoms(text: string): string {
  if (!text.includes(BOM)) return text;
  return text
    .replace(new RegExp(`^${BOM}`), FIRST)
    .replaceAll(new RegExp(`(\\r?\\n)${BOM}`, 'g'), '   $1');
}

/** At the very start there is no line before; an empty comment takes the place. */
const FIRST = '#\r\n';
