import type { Part } from './reading.ts';

const MARKER = Buffer.from('\n---');
const [TAB, LF, CR, SPACE, HASH, PERCENT] = [9, 10, 13, 32, 35, 37];

/**
 * Cuts a stream into its documents, each from its `---` on. A line that begins with `---` and a
 * space or a line break ends a document whatever stands before it: YAML's grammar forbids such a
 * line inside of all scalars, block scalars too. The `...` marker and directives are left inside.
 */
export function splitStream(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let document = 0;
  let explicit = isMarker(bytes, 0);
  for (;;) {
    const end = nextMarker(bytes, start);
    if (explicit || hasContent(bytes, start, end)) {
      parts.push({ start, end, document });
      document++;
    }
    if (end === bytes.length) return parts;
    start = end;
    explicit = true;
  }
}

function nextMarker(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    if (isMarker(bytes, at + 1) && !followsDirective(bytes, at)) return at + 1;
  }
  return bytes.length;
}

function isMarker(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== 45 || bytes[at + 1] !== 45 || bytes[at + 2] !== 45) return false;
  const next = bytes[at + 3];
  return next === undefined || next === LF || next === CR || next === SPACE || next === TAB;
}

/** A directive belongs to the document that the marker behind it begins. */
function followsDirective(bytes: Buffer, lineEnd: number): boolean {
  const lineStart = bytes.lastIndexOf(LF, lineEnd - 1) + 1;
  return lineEnd > 0 && bytes[lineStart] === PERCENT;
}

/** False for what holds comments and blank lines only. */
function hasContent(bytes: Buffer, start: number, end: number): boolean {
  let inComment = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === LF || byte === CR) inComment = false;
    else if (byte === HASH) inComment = true;
    else if (!inComment && byte !== SPACE && byte !== TAB && !isBom(bytes, at)) return true;
  }
  return false;
}

/** One byte of a byte order mark at the very start. */
function isBom(bytes: Buffer, at: number): boolean {
  return at < 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
