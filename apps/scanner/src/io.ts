/** Where the scanner writes to: a stream of Node, or what a test puts in its place. */
export interface Sink extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** All that the scanner sees of the world outside its arguments, the files and the registries. */
export interface Io {
  /** The report, and nothing else. */
  readonly stdout: Sink;
  /** Progress on a terminal; elsewhere one line of JSON per step. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; every relative path is meant from here. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when the scan is to end with what it has. */
  readonly signal: AbortSignal;
}

/** Writes and waits until the stream took it. Throws what the system says (`EPIPE`, `ENOSPC`). */
export function write(sink: Sink, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
