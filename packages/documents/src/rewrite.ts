import type { Edit } from './occurrence.ts';

/**
 * Returns a copy of `bytes` in which every edit is made; all other bytes stay as they are, valid
 * UTF-8 or not. Without edits it returns `bytes` itself.
 *
 * `edits` must be sorted by `start` and must not overlap; a `RangeError` says which one does not
 * fit. The result is allocated once.
 */
export function rewrite(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) return bytes;
  const output = Buffer.allocUnsafe(rewrittenLength(bytes, edits));
  let from = 0;
  let to = 0;
  for (const edit of edits) {
    output.set(bytes.subarray(from, edit.start), to);
    to += edit.start - from;
    to += output.write(edit.text, to, 'utf8');
    from = edit.end;
  }
  output.set(bytes.subarray(from), to);
  return output;
}

function rewrittenLength(bytes: Uint8Array, edits: readonly Edit[]): number {
  let length = bytes.length;
  let last = 0;
  for (const { start, end, text } of edits) {
    if (!(start >= last && end >= start && end <= bytes.length)) {
      throw new RangeError(
        `edit ${start}..${end} does not fit: edits are sorted, do not overlap, and end at ${bytes.length}`,
      );
    }
    length += Buffer.byteLength(text, 'utf8') - (end - start);
    last = end;
  }
  return length;
}
