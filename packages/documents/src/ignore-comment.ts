const MARK = Buffer.from('pindrift:ignore');
const [LF, CR, HASH] = [10, 13, 35];

/** A reason fits; a document on a single line of megabytes is not searched for every image in it. */
const BYTES_MAX = 1024;

/**
 * What stands behind `# pindrift:ignore` between `from` and the end of the line; undefined where the
 * line has no such comment.
 */
export function ignoreComment(bytes: Buffer, from: number): string | undefined {
  const limit = Math.min(from + BYTES_MAX, bytes.length);
  let end = from;
  let hash = -1;
  for (; end < limit && bytes[end] !== LF; end++) {
    if (bytes[end] === HASH && hash < 0) hash = end;
  }
  if (hash < 0) return undefined;
  const mark = bytes.subarray(hash, end).indexOf(MARK);
  if (mark < 0) return undefined;
  if (bytes[end - 1] === CR) end--;
  return bytes.toString('utf8', hash + mark + MARK.length, end).trim();
}
