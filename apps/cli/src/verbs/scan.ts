import { resolve } from 'node:path';
import { exitCode } from '@pindrift/pin';
import { findingsTable, formatScanSummary, scanDocument, unknownReasons } from '@pindrift/report';
import {
  openStore,
  parseDuration,
  type ScanEvent,
  type ScanReport,
  scan as scanAll,
} from '@pindrift/scan';
import { CliError } from '../cli-error.ts';
import { write } from '../io.ts';
import { openConfig } from '../open-config.ts';
import { withRegistry } from '../open-registry.ts';
import { note } from '../output.ts';
import { layoutOf, printDocument } from '../print-results.ts';
import { type Progress, startProgress } from '../progress.ts';
import type { Call, Verb } from '../verb.ts';

interface ScanVerbOptions {
  readonly store?: string;
  readonly settle?: string;
  /** False reads what git ignores, too. */
  readonly ignore?: boolean;
}

const EXAMPLES = `
Asks the registries about every tag and digest that the files name, each once. With a store, a tag
that moved is reported when it has settled; without one, at once.

Examples:
  pindrift scan clusters
  pindrift scan --fail-on error,stale --store ~/.cache/pindrift.sqlite`;

/** `pindrift scan [SOURCE…]` */
export const scan: Verb<ScanVerbOptions> = {
  declare(command) {
    command
      .argument('[source...]', 'folders, git work trees and files; default: the working directory')
      .option(
        '--store <file>',
        'keeps what was seen; default: none, which is also its name for nothing',
      )
      .option('--settle <time>', 'how long a tag may name something else, with a store: 72h, 3d')
      .option('--no-ignore', 'also read what git ignores, node_modules, vendor and .terraform')
      .addHelpText('after', EXAMPLES);
  },

  async run(call) {
    const report = await scanSources(call);
    if (call.options.format === 'json') {
      await printDocument(call, scanDocument(report));
    } else {
      const layout = layoutOf(call);
      await write(call.io.stdout, findingsTable(report.findings, layout));
      await write(call.io.stdout, unknownReasons(report.findings, layout));
      await write(call.io.stdout, formatScanSummary(report.summary));
    }
    if (report.summary.left.files > 0) return 2;
    return exitCode(report.findings, { failOn: call.options.failOn ?? ['error'] });
  },
};

async function scanSources(call: Call<ScanVerbOptions>): Promise<ScanReport> {
  const { args, io, options } = call;
  const { ignore, fields } = await openConfig(call);
  const settle = readSettle(options.settle);
  const { store: path = 'none' } = options;
  const store = path === 'none' ? undefined : openStore(resolve(io.cwd, path));
  const teller = createTeller(call);
  try {
    return await withRegistry(call, (registry) =>
      scanAll(
        { sources: args.length === 0 ? ['.'] : args, ignore, fields, ...settle },
        {
          registry,
          store,
          cwd: io.cwd,
          gitignore: options.ignore ?? true,
          now: () => nowOf(call),
          signal: io.signal,
          onEvent: teller.onEvent,
        },
      ),
    );
  } finally {
    teller.stop();
    store?.close();
  }
}

function readSettle(text: string | undefined): { readonly settle?: number } {
  if (text === undefined) return {};
  const settle = parseDuration(text);
  if (settle !== undefined) return { settle };
  throw new CliError('usage', `--settle ${text}: it is no time; write 72h, 3d or 30m`);
}

const DAY = 24 * 60 * 60 * 1000;

/** The day that this call says it is, at the time of the clock. */
function nowOf({ io }: Call): number {
  return Date.parse(`${io.today}T00:00:00Z`) + (Date.now() % DAY);
}

function createTeller(call: Call<ScanVerbOptions>) {
  let bar: { readonly label: string; readonly progress: Progress } | undefined;
  const stop = (): void => {
    bar?.progress.stop();
    bar = undefined;
  };
  const step = (label: string, total: number): void => {
    if (bar?.label !== label) {
      stop();
      bar = { label, progress: startProgress(label, total, call.io, call.options) };
    }
    bar.progress.step();
  };
  const onEvent = (event: ScanEvent): void => {
    if (event.kind === 'reading') step('reading', event.total);
    else if (event.kind === 'asking') step('asking registries', event.total);
    else if (event.kind === 'note') note(call, event.message);
    else stop();
  };
  return { onEvent, stop };
}
