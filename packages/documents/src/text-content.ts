/**
 * `manifests`: at least one document has an `apiVersion` and a `kind`. `blank`: nothing but white
 * space, comments and document markers. `foreign`: something else, such as what a program says that
 * failed.
 */
export type TextContent = 'manifests' | 'blank' | 'foreign';

/** Manifests say what they are in their first lines; bytes. */
const FIRST_LOOK = 16 * 1024;

/**
 * What a text holds, read off its lines and not by a parser: also of a template, and of a document
 * that is broken further down. A lock is no manifest, as it names no image that anybody runs. Text in
 * two bytes a character is `manifests`: it is for its reader to judge.
 */
export function textContent(text: Uint8Array): TextContent {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  if (namesResource(bytes.subarray(0, FIRST_LOOK).toString('latin1'))) return 'manifests';
  const all = bytes.toString('latin1');
  if (namesResource(all) || all.includes('\0')) return 'manifests';
  return all.split(/\r\n?|\n/).every(isBlank) ? 'blank' : 'foreign';
}

function namesResource(text: string): boolean {
  return KIND.test(text) && API_VERSION.test(text);
}

/** A key at the beginning of a line, or in a flow mapping, as JSON has them. */
const KIND = /(?:^[ \t]*(?:- +)*|[{,]\s*)["']?kind["']?\s*:(?!\s*["']?Images?Lock\b)/m;
const API_VERSION = /(?:^[ \t]*(?:- +)*|[{,]\s*)["']?apiVersion["']?\s*:/m;

function isBlank(line: string): boolean {
  return BLANK.test(line);
}

/** White space, a comment, or a document marker; in Latin-1 a byte order mark is three characters. */
const BLANK = /^(?:\xef\xbb\xbf)?[ \t]*(?:(?:---|\.\.\.)[ \t]*)?(?:#.*)?$/;
