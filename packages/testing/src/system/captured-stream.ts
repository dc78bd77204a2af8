import { Writable } from 'node:stream';

export interface CapturedStreamOptions {
  /** Whether it says that it is a terminal. Default: false. */
  readonly isTTY?: boolean;
  /** Default: 100. */
  readonly columns?: number;
  /** How the bytes become text. Default: `utf8`. */
  readonly encoding?: BufferEncoding;
}

/** A stream to hand to a program as its stdout or stderr, and what was written to it so far. */
export interface CapturedStream {
  readonly stream: Writable & { readonly isTTY: boolean; readonly columns: number };
  text(): string;
}

/** Takes whatever is written; as a terminal, moving its cursor does nothing. */
export function capturedStream(options: CapturedStreamOptions = {}): CapturedStream {
  const { isTTY = false, columns = 100, encoding = 'utf8' } = options;
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: string | Uint8Array, _encoding, done) {
      chunks.push(Buffer.from(chunk as string));
      done();
    },
  });
  const terminal = {
    isTTY,
    columns,
    // What a progress bar asks of a terminal.
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  };
  return {
    stream: Object.assign(stream, terminal),
    text: () => Buffer.concat(chunks).toString(encoding),
  };
}
