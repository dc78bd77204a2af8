const KEY = 'functionConfig:';
const LINE_FEED = 0x0a;

/** What a line may begin with that still belongs to the value above it: indented, empty, a comment. */
const INSIDE = new Set([...' \r\n#'].map((character) => character.charCodeAt(0)));

/**
 * The lines of a ResourceList that hold its functionConfig, with the key, as a YAML text of their
 * own. Undefined where there is none, and the whole text where it is not laid out as kustomize and
 * kpt write it: in block style, the key once at the start of a line.
 *
 * A lock is a few hundred lines behind megabytes of items; so the items are not parsed for it.
 */
export function functionConfigText(list: Uint8Array): string | undefined {
  const bytes = Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  if (!bytes.includes(KEY.slice(0, -1))) return undefined;
  const [start, another] = linesWithKey(bytes);
  if (start === undefined || another !== undefined) return bytes.toString();
  return bytes.subarray(start, endOfValue(bytes, start)).toString();
}

/** Offsets of the lines that begin with the key; there is no need to know more than two. */
function linesWithKey(bytes: Buffer): number[] {
  const first = bytes.indexOf(KEY) === 0 ? [0] : [];
  const second = bytes.indexOf(`\n${KEY}`);
  if (second === -1) return first;
  const third = bytes.indexOf(`\n${KEY}`, second + 1);
  return [...first, second + 1, ...(third === -1 ? [] : [third + 1])];
}

function endOfValue(bytes: Buffer, start: number): number {
  for (let at = start; ; ) {
    const lineFeed = bytes.indexOf(LINE_FEED, at);
    if (lineFeed === -1 || lineFeed + 1 === bytes.length) return bytes.length;
    at = lineFeed + 1;
    if (!INSIDE.has(bytes[at] ?? LINE_FEED)) return at;
  }
}
