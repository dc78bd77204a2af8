const MARK = Buffer.from('pindrift:ignore');
const [TAB, LF, CR, SPACE, DOUBLE_QUOTE, HASH, SINGLE_QUOTE] = [9, 10, 13, 32, 34, 35, 39];
const [COMMA, COLON, OPEN_BRACKET, BACKSLASH, OPEN_BRACE] = [44, 58, 91, 92, 123];

/** A document on a single line of megabytes is not searched for every image in it. */
const SEARCHED_MAX = 1024;

/** Of a longer comment the reason is cut, never what stands at its end: `until` and a date. */
const HEAD_MAX = 1024;
const TAIL_MAX = 128;

/**
 * What stands behind `# pindrift:ignore` between `from`, the end of a value, and the end of the line;
 * undefined where the line has no such comment. A quoted text that holds the mark is no comment.
 */
export function ignoreComment(bytes: Buffer, from: number): string | undefined {
  const limit = Math.min(from + SEARCHED_MAX, bytes.length);
  const hash = commentStart(bytes, from, limit);
  if (hash < 0) return undefined;
  const end = endOfLine(bytes, hash);
  const mark = bytes.subarray(hash, Math.min(end, limit)).indexOf(MARK);
  const start = hash + mark + MARK.length;
  if (mark < 0 || (start < end && !isBlank(bytes[start]))) return undefined;
  return excerpt(bytes, start, end).trim();
}

function endOfLine(bytes: Buffer, from: number): number {
  const lineFeed = bytes.indexOf(LF, from);
  const end = lineFeed < 0 ? bytes.length : lineFeed;
  return bytes[end - 1] === CR ? end - 1 : end;
}

function excerpt(bytes: Buffer, start: number, end: number): string {
  if (end - start <= HEAD_MAX + TAIL_MAX) return bytes.toString('utf8', start, end);
  const tail = bytes.toString('utf8', end - TAIL_MAX, end);
  return `${bytes.toString('utf8', start, start + HEAD_MAX)} ${tail}`;
}

/** The `#` behind a blank that is not in quotes; -1 where the line has none. */
function commentStart(bytes: Buffer, from: number, limit: number): number {
  let before: number | undefined;
  for (let at = isQuote(bytes[from]) ? from + 1 : from; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === LF) return -1;
    if (byte === HASH && isBlank(bytes[at - 1])) return at;
    if (isQuote(byte) && opensText(before)) {
      at = closingQuote(bytes, at, limit);
      if (at < 0) return -1;
    }
    if (!isBlank(byte)) before = byte;
  }
  return -1;
}

/** Only there a quote is more than a character of unquoted text. */
function opensText(before: number | undefined): boolean {
  return before === COMMA || before === COLON || before === OPEN_BRACKET || before === OPEN_BRACE;
}

function closingQuote(bytes: Buffer, at: number, limit: number): number {
  const quote = bytes[at];
  for (at++; at < limit && bytes[at] !== LF; at++) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === BACKSLASH && quote === DOUBLE_QUOTE) at++;
  }
  return -1;
}

function isQuote(byte: number | undefined): boolean {
  return byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE;
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}
