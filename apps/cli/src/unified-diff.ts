import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/**
 * What `git apply` needs to turn one text into the other, as bytes: texts that are not valid UTF-8
 * come through unchanged. Empty when both are the same.
 */
export function unifiedDiff(file: string, before: Uint8Array, after: Uint8Array): Uint8Array {
  const [old, changed] = [latin1(before), latin1(after)];
  if (old === changed) return new Uint8Array();
  // The library quotes what is not ASCII in a name, as git does.
  const name = file.replace(/^\/+/, '');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, old, changed, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return Buffer.from(patch, 'latin1');
}

/** One character per byte, so that the library, which compares strings, compares bytes. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
