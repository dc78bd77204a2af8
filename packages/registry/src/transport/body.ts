import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** The body, or its decompressed form, is longer than the limit. */
export class BodyTooLarge extends Error {
  override readonly name: 'BodyTooLarge' = 'BodyTooLarge';
}

/** The body did not end in time, however many bytes kept coming. */
export class BodyTooSlow extends Error {
  override readonly name: 'BodyTooSlow' = 'BodyTooSlow';
}

/** The body is compressed in a way that was not asked for and cannot be undone. */
export class BodyUnreadable extends Error {
  override readonly name: 'BodyUnreadable' = 'BodyUnreadable';
}

/** What is needed of a stream: undici's body, or Node's. */
export interface BodySource extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown;
}

/** At most so many bytes, and at most so many milliseconds for all of them. */
export interface BodyLimits {
  readonly bytes: number;
  readonly ms: number;
}

/**
 * Collects a body. The declared length only serves to refuse early; memory grows with what
 * really arrives. Throws `BodyTooLarge` or `BodyTooSlow`, and closes the stream then.
 */
export async function readBody(
  source: BodySource,
  declared: string | undefined,
  limits: BodyLimits,
): Promise<Uint8Array> {
  const timer = setTimeout(
    () => source.destroy(new BodyTooSlow(`the answer did not end within ${limits.ms} ms`)),
    limits.ms,
  );
  try {
    if (Number(declared) > limits.bytes) throw tooLarge(limits.bytes);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of source) {
      length += chunk.length;
      if (length > limits.bytes) throw tooLarge(limits.bytes);
      chunks.push(chunk);
    }
    return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks);
  } catch (error) {
    source.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Undoes a `Content-Encoding` that was sent although `identity` was asked for, as some
 * registries do. The result obeys the same limit, so a small bomb stays small.
 */
export function decodeBody(
  body: Uint8Array,
  encoding: string | undefined,
  limit: number,
): Uint8Array {
  const decode = decoders.get((encoding ?? 'identity').trim().toLowerCase());
  if (decode === undefined) {
    throw new BodyUnreadable(`the answer is encoded as '${encoding?.slice(0, 40)}'`);
  }
  try {
    return body.length === 0 ? body : decode(body, limit);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new BodyUnreadable(`the answer's ${encoding} encoding is broken`, { cause });
  }
}

type Decode = (body: Uint8Array, limit: number) => Uint8Array;

const plain: Decode = (body) => body;
const gunzip: Decode = (body, limit) => gunzipSync(body, { maxOutputLength: limit });

const decoders: ReadonlyMap<string, Decode> = new Map([
  ['', plain],
  ['identity', plain],
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', (body: Uint8Array, limit: number) => inflateSync(body, { maxOutputLength: limit })],
  [
    'br',
    (body: Uint8Array, limit: number) => brotliDecompressSync(body, { maxOutputLength: limit }),
  ],
]);

function tooLarge(limit: number): BodyTooLarge {
  return new BodyTooLarge(`the answer is longer than ${limit} bytes`);
}
