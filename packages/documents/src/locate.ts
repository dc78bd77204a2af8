/** Line and column of a byte offset, both 1-based; the column counts characters. */
export type Locate = (offset: number) => { readonly line: number; readonly column: number };

const LF = 10;

/**
 * Makes a `Locate` for one text. Offsets asked in ascending order cost one pass over the bytes
 * altogether.
 */
export function createLocate(bytes: Buffer): Locate {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    if (offset < lineStart) {
      line = 1;
      lineStart = 0;
    }
    for (;;) {
      const end = bytes.indexOf(LF, lineStart);
      if (end < 0 || end >= offset) break;
      line++;
      lineStart = end + 1;
    }
    const before = bytes.toString('utf8', lineStart, offset).replace(/^\ufeff/, '');
    return { line, column: [...before].length + 1 };
  };
}
