/** Where a program writes to: a stream of Node, or what a test puts in its place. */
export interface Sink extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** All that a verb sees of the world outside its arguments, the files and the registries. */
export interface Io {
  /** Called at most once, and only by a verb that was told to read stdin. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Results, and nothing else. */
  readonly stdout: Sink;
  /** Progress, notes and errors. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; every relative path is meant from here. */
  readonly cwd: string;
  /** The date that ignores are held against, `YYYY-MM-DD`. */
  readonly today: string;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Writes that are under way: whoever stops the program waits for them. */
  readonly writing: Set<Promise<unknown>>;
}

/** Changes files: not begun when the user has stopped, and not cut in two when it has begun. */
export async function changeFiles<Result>(
  { signal, writing }: Io,
  change: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const work = change();
  writing.add(work);
  try {
    return await work;
  } finally {
    writing.delete(work);
  }
}

/** Writes and waits until the stream took it. Throws what the system says (`EPIPE`, `ENOSPC`). */
export function write(sink: Sink, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Everything from stdin, to its end. */
export async function readStdin(io: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of io.stdin()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
