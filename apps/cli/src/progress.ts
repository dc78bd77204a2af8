import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.ts';
import type { CommonOptions } from './verb.ts';

/** Shows how far long work is. */
export interface Progress {
  /** One more is done. */
  step(): void;
  /** Removes what was shown. */
  stop(): void;
}

const SILENT: Progress = { step: () => undefined, stop: () => undefined };

/** A bar on stderr where that is a terminal; nothing elsewhere, and with `--quiet`. */
export function startProgress(
  label: string,
  total: number,
  io: Io,
  { quiet = false }: Pick<CommonOptions, 'quiet'>,
): Progress {
  if (quiet || io.stderr.isTTY !== true || total === 0) return SILENT;
  const bar = new SingleBar(
    {
      format: `${label} {bar} {value}/{total}`,
      stream: io.stderr,
      clearOnComplete: true,
      hideCursor: false,
      // Whoever is stopped must not leave a terminal behind that does not wrap lines.
      linewrap: true,
      gracefulExit: false,
    },
    Presets.shades_grey,
  );
  const stop = (): void => {
    if (bar.isActive) bar.stop();
  };
  io.signal.addEventListener('abort', stop, { once: true });
  bar.start(total, 0);
  return { step: () => bar.increment(), stop };
}
