import type { Registry, Stoppable } from './registry.ts';

/** The registry, each of whose answers is waited for no longer than its `signal` says. */
export function stoppable(registry: Registry): Registry {
  const { resolve, manifest, config, platforms, tags, referrers, blob, copy } = registry;
  return {
    resolve: (reference, options) => until(options, () => resolve(reference, options)),
    manifest: (reference, options) => until(options, () => manifest(reference, options)),
    config: (reference, options) => until(options, () => config(reference, options)),
    platforms: (reference, options) => until(options, () => platforms(reference, options)),
    tags: (reference, options) => until(options, () => tags(reference, options)),
    referrers: (reference, options) => until(options, () => referrers(reference, options)),
    blob: (reference, options) => {
      const bytes = blob(reference, options);
      return options?.signal === undefined ? bytes : chunksUntil(options, bytes);
    },
    copy: (from, to, options) => until(options, () => copy(from, to, options)),
    close: registry.close,
  };
}

async function until<T>(options: Stoppable | undefined, work: () => Promise<T>): Promise<T> {
  const signal = options?.signal;
  if (signal === undefined) return work();
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop);
  work().then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', stop));
}

async function* chunksUntil(
  options: Stoppable,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await until(options, () => iterator.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    // Not waited for: a stream that sends nothing ends when its connection is closed.
    iterator.return?.().catch(() => undefined);
  }
}
