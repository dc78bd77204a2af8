import type { Part } from './reading.ts';

/** Tells quickly that a part can hold no image, without reading it. */
export type Gate = (part: Part) => boolean;

/** Both `image` and `Image`: every key that names an image by default holds one of them. */
const IMAGE = 'mage';

/** A backslash: a key may be written in escapes, `"im\x61ge"`. */
const ESCAPE = 92;

/**
 * Makes the gate of one text. `words` are other texts one of which stands in every resource that
 * holds an image without the word image. Parts are asked for in the order of the text: together
 * they cost one search of the bytes.
 */
export function createGate(bytes: Buffer, words: readonly string[]): Gate {
  const hasImage = createSearch(bytes, IMAGE);
  const hasEscape = createSearch(bytes, ESCAPE);
  const hasWord = ({ start, end }: Part): boolean => {
    const part = bytes.subarray(start, end);
    return words.some((word) => part.includes(word));
  };
  return (part) => hasImage(part) || hasEscape(part) || hasWord(part);
}

/** Whether a byte or text stands in a part, for parts in the order of the text. */
export function createSearch(bytes: Buffer, wanted: string | number): Gate {
  let found = 0;
  let started = false;
  return ({ start, end }) => {
    if (!started || (found >= 0 && found < start)) found = bytes.indexOf(wanted, start);
    started = true;
    return found >= 0 && found < end;
  };
}
