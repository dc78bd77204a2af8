import type { Gate } from '../gate.ts';
import { createSearch } from '../gate.ts';
import type { Part } from '../reading.ts';
import { CR, LF } from './characters.ts';

/**
 * Makes the test for what the fast reader does not look for in comments and block scalars: NUL, and
 * a CR without an LF, which is a line break to YAML.
 */
export function createStrayTest(bytes: Buffer): Gate {
  const hasNul = createSearch(bytes, 0);
  const hasCr = createSearch(bytes, CR);
  return (part) => hasNul(part) || (hasCr(part) && hasLoneCr(bytes, part));
}

function hasLoneCr(bytes: Buffer, { start, end }: Part): boolean {
  for (let at = bytes.indexOf(CR, start); at >= 0 && at < end; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) return true;
  }
  return false;
}
