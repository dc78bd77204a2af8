import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** One word of a command line as a person would type it in a POSIX shell. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A file as a command names it that is typed in another folder. A name under which nothing lies here
 * is one that somebody else gave, and stays.
 */
export function wholePath(file: string): string {
  const path = resolve(file);
  return shellWord(existsSync(path) ? path : file);
}
