/** Line and column of a byte offset, both 1-based; the column counts characters. */
export type Locate = (offset: number) => { readonly line: number; readonly column: number };

const LF = 10;

/**
 * Makes a `Locate` for one text. Offsets asked in ascending order cost one pass over the bytes
 * altogether, however long the lines are.
 */
export function createLocate(bytes: Buffer): Locate {
  const first = startsWithBom(bytes) ? 3 : 0;
  let [at, line, column] = [first, 1, 1];
  return (offset) => {
    if (offset < at) [at, line, column] = [first, 1, 1];
    for (; at < offset; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    return { line, column };
  };
}

function startsWithBom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
