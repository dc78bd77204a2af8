import type { BadPart } from './bad-document.ts';

/**
 * Says what is wrong with bytes that are no UTF-8 text at all: UTF-16 and UTF-32, with a byte order
 * mark or without. YAML allows them; the programs that read manifests do not.
 */
export function foreignEncoding(bytes: Buffer): BadPart | undefined {
  const name = encodingOf(bytes);
  if (name === undefined) return undefined;
  const reason = `the text is ${name}; save it as UTF-8`;
  return { code: 'encoding', reason, at: 0, start: 0, end: bytes.length, document: 0 };
}

function encodingOf(bytes: Buffer): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && d !== 0) return 'UTF-32';
  if (a !== 0 && b === 0) return c === 0 ? 'UTF-32' : 'UTF-16';
  return a === 0 && b !== 0 && bytes.length > 1 ? 'UTF-16' : undefined;
}
