import type { Gate } from '../gate.ts';
import { createSearch } from '../gate.ts';
import type { Part } from '../reading.ts';
import { CR, LF } from './characters.ts';

/** First bytes of the line breaks that only Go's YAML readers know: U+0085, U+2028 and U+2029. */
const [NEXT_LINE, SEPARATOR] = [0xc2, 0xe2];

/**
 * Makes the test for what the fast reader does not look for in comments and block scalars: NUL, and
 * line breaks other than LF and CRLF.
 */
export function createStrayTest(bytes: Buffer): Gate {
  const hasNul = createSearch(bytes, 0);
  const hasCr = createSearch(bytes, CR);
  const hasNextLine = createSearch(bytes, NEXT_LINE);
  const hasSeparator = createSearch(bytes, SEPARATOR);
  return (part) =>
    hasNul(part) ||
    (hasCr(part) && hasLoneCr(bytes, part)) ||
    (hasNextLine(part) && holds(bytes, part, '\u0085')) ||
    (hasSeparator(part) && (holds(bytes, part, '\u2028') || holds(bytes, part, '\u2029')));
}

function holds(bytes: Buffer, { start, end }: Part, character: string): boolean {
  return bytes.subarray(start, end).includes(character);
}

function hasLoneCr(bytes: Buffer, { start, end }: Part): boolean {
  for (let at = bytes.indexOf(CR, start); at >= 0 && at < end; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) return true;
  }
  return false;
}
