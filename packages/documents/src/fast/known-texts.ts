import { sameBytes } from '../field-tree.ts';

/** The text from one byte offset to another. */
export type KnownTexts = (start: number, end: number) => string;

/** A cluster has a few dozen kinds; what comes after that is decoded each time. */
const TEXTS_MAX = 64;

/** Makes a decoder that hands out the same string for the same bytes, without decoding them again. */
export function createKnownTexts(bytes: Buffer): KnownTexts {
  const texts: { readonly bytes: Uint8Array; readonly text: string }[] = [];
  return (start, end) => {
    for (const known of texts) if (sameBytes(known.bytes, bytes, start, end)) return known.text;
    const text = bytes.toString('utf8', start, end);
    if (texts.length < TEXTS_MAX) texts.push({ bytes: bytes.subarray(start, end), text });
    return text;
  };
}
