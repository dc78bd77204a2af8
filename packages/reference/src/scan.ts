// The grammar, from distribution/reference v0.6.0 regexp.go:
//
//   domain     = host [":" digit+]        host = name ("." name)* | "[" (hex | ":")+ "]"
//   name       = alnum [(alnum | "-")* alnum]              alnum of either case
//   path       = component ("/" component)*
//   component  = lower ((["."] | "_" | "__" | "-"+) lower)*    lower = [a-z0-9]+
//   tag        = word (word | "." | "-"){0,127}            word = [A-Za-z0-9_]
//
// Each scanner goes over its characters once, from left to right, and never back: no text makes
// it slow. A scanner answers -1, or the index of the first character that does not fit.

const DASH = 45;
export const DOT = 46;
const SLASH = 47;
export const COLON = 58;
export const AT = 64;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const UNDERSCORE = 95;

/** The tag's limit in characters, distribution-spec "Pulling manifests". */
export const TAG_MAX = 128;

export function scanDomain(text: string, start: number, end: number): number {
  const host =
    text.charCodeAt(start) === OPEN_BRACKET
      ? scanBrackets(text, start, end)
      : scanHost(text, start, end);
  if (host < 0) return ~host;
  if (host === end) return -1;
  if (text.charCodeAt(host) !== COLON) return host;
  let at = host + 1;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at === end && at > host + 1 ? -1 : at;
}

export function scanPath(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    const first = at;
    while (at < end && isLower(text.charCodeAt(at))) at++;
    if (at === first) return at;
    if (at === end) return -1;
    const separator = afterSeparator(text, at, end);
    if (separator === at) return at;
    at = separator;
  }
}

export function scanTag(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isTagCharacter(text.charCodeAt(at), at === start)) at++;
  if (at === start) return at;
  if (at < end) return at;
  return end - start > TAG_MAX ? start + TAG_MAX : -1;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Index of the first character from `at` on that is no lower-case hex digit; the length, if none. */
export function scanLowerHex(text: string, at: number): number {
  while (at < text.length && isLowerHex(text.charCodeAt(at))) at++;
  return at;
}

/** Index behind the host, or the complement of the index that does not fit. */
function scanHost(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    const first = at;
    while (at < end && (isAlnum(text.charCodeAt(at)) || text.charCodeAt(at) === DASH)) at++;
    if (at === first || text.charCodeAt(first) === DASH) return ~first;
    if (text.charCodeAt(at - 1) === DASH) return ~(at - 1);
    if (at === end || text.charCodeAt(at) !== DOT) return at;
    at++;
  }
}

function scanBrackets(text: string, start: number, end: number): number {
  let at = start + 1;
  while (at < end && (isHex(text.charCodeAt(at)) || text.charCodeAt(at) === COLON)) at++;
  return at < end && at > start + 1 && text.charCodeAt(at) === CLOSE_BRACKET ? at + 1 : ~at;
}

/** Index behind one separator, or `at` itself where none stands. */
function afterSeparator(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at);
  if (code === DOT || code === SLASH) return at + 1;
  if (code === UNDERSCORE) return text.charCodeAt(at + 1) === UNDERSCORE ? at + 2 : at + 1;
  while (at < end && text.charCodeAt(at) === DASH) at++;
  return at;
}

function isTagCharacter(code: number, first: boolean): boolean {
  return isAlnum(code) || code === UNDERSCORE || (!first && (code === DOT || code === DASH));
}

function isLower(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigit(code);
}

function isAlnum(code: number): boolean {
  return isLower(code) || isUpper(code);
}

function isHex(code: number): boolean {
  return isLowerHex(code) || (code >= 65 && code <= 70);
}

function isLowerHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
