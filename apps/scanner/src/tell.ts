import { printableJson, printableLine } from '@pindrift/report/printable';
import type { ScanEvent } from '@pindrift/scan';
import { Presets, SingleBar } from 'cli-progress';
import type { Io } from './io.ts';

/** Shows how far a scan is. */
export interface Teller {
  readonly onEvent: (event: ScanEvent) => void;
  /** Something that is no step: what a person should know. */
  readonly warn: (message: string) => void;
  /** Takes away what was shown. */
  readonly stop: () => void;
}

/** A bar on a terminal, one line of JSON per step elsewhere; nothing with `--quiet`. */
export function createTeller(io: Io, { quiet = false }: { readonly quiet?: boolean }): Teller {
  if (quiet) return { onEvent: () => undefined, warn: () => undefined, stop: () => undefined };
  return io.stderr.isTTY === true ? barTeller(io) : logTeller(io);
}

/** Files, or answers, after which a line says how far it is. */
const LONG_STEP = 1000;

function logTeller({ stderr, now }: Io): Teller {
  const log = (level: 'info' | 'warn', fields: object): void => {
    stderr.write(`${printableJson({ time: new Date(now()).toISOString(), level, ...fields })}\n`);
  };
  return {
    onEvent: ({ kind, ...fields }) => {
      // Each file and each answer would drown the steps; a long one is heard of now and then.
      const far = 'done' in fields && fields.done % LONG_STEP === 0;
      if ((kind === 'reading' || kind === 'asking') && !far) return;
      log(kind === 'stopped' || kind === 'note' ? 'warn' : 'info', { step: kind, ...fields });
    },
    warn: (message) => log('warn', { step: 'note', message }),
    stop: () => undefined,
  };
}

function barTeller({ stderr }: Io): Teller {
  let bar: SingleBar | undefined;
  let label = '';
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
    label = '';
  };
  const show = (next: string, done: number, total: number): void => {
    if (label !== next || bar?.getTotal() !== total) {
      stop();
      label = next;
      bar = new SingleBar(
        {
          format: `${next} {bar} {value}/{total}`,
          stream: stderr,
          clearOnComplete: true,
          hideCursor: false,
          // Whoever is stopped must not leave a terminal behind that does not wrap lines.
          linewrap: true,
          gracefulExit: false,
        },
        Presets.shades_grey,
      );
      bar.start(total, 0);
    }
    bar?.update(done);
  };
  const say = (message: string): void => {
    stop();
    stderr.write(`pindrift-scanner: ${printableLine(message)}\n`);
  };
  return {
    onEvent: (event) => {
      if (event.kind === 'reading') show('reading', event.done, event.total);
      else if (event.kind === 'asking') show('asking registries', event.done, event.total);
      else if (event.kind === 'note') say(event.message);
      else if (event.kind === 'stopped') say(stoppedText(event));
    },
    warn: say,
    stop,
  };
}

function stoppedText({ files, questions }: { files: number; questions: number }): string {
  return `stopped; ${files} files were not read and ${questions} questions not asked`;
}
