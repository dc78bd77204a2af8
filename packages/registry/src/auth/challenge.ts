/** One challenge of a `WWW-Authenticate` header. */
export interface Challenge {
  /** Lower-case scheme: `bearer`, `basic`, `negotiate`. */
  readonly scheme: string;
  /** Parameters by lower-case name; the first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

interface Cursor {
  readonly text: string;
  at: number;
}

const longestHeader = 16_384;
const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const token68 = /[A-Za-z0-9\-._~+/]+=*(?=\s*(?:,|$))/y;
const parameterStart = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*/y;
const bareValue = /[^\s,]*/y;
const separators = /[\s,]*/y;
const spaces = /[ \t]*/y;

/**
 * All challenges of all `WWW-Authenticate` values, in order (RFC 7235 §4.1): several headers,
 * several challenges in one, quoted strings with escapes, any letter case. What cannot be read
 * is left out; it never throws and takes time linear in the length.
 */
export function parseChallenges(values: readonly string[]): Challenge[] {
  const challenges: Challenge[] = [];
  for (const value of values) {
    const cursor: Cursor = { text: value.slice(0, longestHeader), at: 0 };
    while (cursor.at < cursor.text.length) {
      take(cursor, separators);
      const scheme = take(cursor, token);
      if (scheme !== undefined) {
        challenges.push({ scheme: scheme[0].toLowerCase(), parameters: takeParameters(cursor) });
      } else {
        cursor.at += 1;
      }
    }
  }
  return challenges;
}

/** True when a token was good, and not for what was asked (RFC 6750 §3.1). */
export function lacksRight({ scheme, parameters }: Challenge): boolean {
  return scheme === 'bearer' && parameters.get('error') === 'insufficient_scope';
}

function takeParameters(cursor: Cursor): Map<string, string> {
  const parameters = new Map<string, string>();
  const gap = take(cursor, spaces)?.[0] ?? '';
  if (gap !== '' && !peek(cursor, parameterStart)) take(cursor, token68);
  for (;;) {
    take(cursor, separators);
    const start = take(cursor, parameterStart);
    if (start === undefined) return parameters;
    const name = (start[1] ?? '').toLowerCase();
    const value = cursor.text[cursor.at] === '"' ? takeQuoted(cursor) : takeBare(cursor);
    if (!parameters.has(name)) parameters.set(name, value);
  }
}

function takeQuoted(cursor: Cursor): string {
  const pieces: string[] = [];
  for (let at = cursor.at + 1; at < cursor.text.length; at += 1) {
    const character = cursor.text[at] ?? '';
    if (character === '"') {
      cursor.at = at + 1;
      return pieces.join('');
    }
    if (character === '\\') at += 1;
    pieces.push(cursor.text[at] ?? '');
  }
  cursor.at = cursor.text.length;
  return pieces.join('');
}

function takeBare(cursor: Cursor): string {
  return take(cursor, bareValue)?.[0] ?? '';
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text) ?? undefined;
  if (match !== undefined) cursor.at = pattern.lastIndex;
  return match;
}

function peek(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at;
  return pattern.test(cursor.text);
}
