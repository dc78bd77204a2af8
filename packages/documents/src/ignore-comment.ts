const MARK = Buffer.from('pindrift:ignore');
const [LF, CR, HASH] = [10, 13, 35];

/**
 * What stands behind `# pindrift:ignore` between `from` and the end of the line; undefined where the
 * line has no such comment.
 */
export function ignoreComment(bytes: Buffer, from: number): string | undefined {
  let end = from;
  let hash = -1;
  for (let byte = bytes[end]; byte !== undefined && byte !== LF; byte = bytes[++end]) {
    if (byte === HASH && hash < 0) hash = end;
  }
  if (hash < 0) return undefined;
  const mark = bytes.subarray(hash, end).indexOf(MARK);
  if (mark < 0) return undefined;
  if (bytes[end - 1] === CR) end--;
  return bytes.toString('utf8', hash + mark + MARK.length, end).trim();
}
