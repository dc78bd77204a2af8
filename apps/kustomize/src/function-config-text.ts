const KEY = 'functionConfig';
const LINE_FEED = 0x0a;
const COLON = 0x3a;

/** What a line may begin with that still belongs to the value above it: indented, empty, a comment. */
const INSIDE = new Set([...' \r\n#'].map((character) => character.charCodeAt(0)));

export interface FunctionConfigText {
  readonly text: string;
  /** False for the whole list: what it holds beside the functionConfig may be secret. */
  readonly alone: boolean;
}

/**
 * The lines of a ResourceList that hold its functionConfig, with the key, as a YAML text of their
 * own. Undefined where there is none, and the whole text where it is not laid out as kustomize and
 * kpt write it: in block style, the key once at the start of a line.
 *
 * A lock is a few hundred lines behind megabytes of items; so the items are not parsed for it, and
 * the bytes are gone through once.
 */
export function functionConfigText(list: Uint8Array): FunctionConfigText | undefined {
  const bytes = Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  const places = [...occurrences(bytes)];
  if (places.length === 0) return undefined;
  const [start, another] = places.filter((at) => isKeyLine(bytes, at));
  if (start === undefined || another !== undefined) {
    return { text: bytes.toString(), alone: false };
  }
  return { text: bytes.subarray(start, endOfValue(bytes, start)).toString(), alone: true };
}

function* occurrences(bytes: Buffer): Generator<number> {
  for (let at = bytes.indexOf(KEY); at !== -1; at = bytes.indexOf(KEY, at + KEY.length)) yield at;
}

function isKeyLine(bytes: Buffer, at: number): boolean {
  const begins = at === 0 || bytes[at - 1] === LINE_FEED;
  return begins && bytes[at + KEY.length] === COLON;
}

function endOfValue(bytes: Buffer, start: number): number {
  for (let at = start; ; ) {
    const lineFeed = bytes.indexOf(LINE_FEED, at);
    if (lineFeed === -1 || lineFeed + 1 === bytes.length) return bytes.length;
    at = lineFeed + 1;
    if (!INSIDE.has(bytes[at] ?? LINE_FEED)) return at;
  }
}
