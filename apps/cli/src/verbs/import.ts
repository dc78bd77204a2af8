import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { changesTable, formatSummary, lockDocument, summarizeChanges } from '@pindrift/report';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { changeFiles, type Io, readStdin, write } from '../io.ts';
import { FORMAT_NAMES, formatNamed } from '../lock-formats.ts';
import { type LockOption, openLock } from '../lock-path.ts';
import { changeLock } from '../locking/change-lock.ts';
import { openConfig } from '../open-config.ts';
import { note } from '../output.ts';
import { layoutOf, printDocument } from '../print-results.ts';
import type { Verb } from '../verb.ts';

interface ImportOptions extends LockOption {
  readonly from: string;
  readonly overwrite?: boolean;
}

/** `pindrift import --from FORMAT FILE` */
export const importLock: Verb<ImportOptions> = {
  declare(command) {
    command
      .argument('<file>', "the other tool's file, or - for stdin")
      .addOption(
        new Option('--from <format>', 'the format').choices(FORMAT_NAMES).makeOptionMandatory(),
      )
      .option('--lock <file>', 'the lock; default: images.lock.yaml, found upward')
      .option('--overwrite', 'let entries move that are there with another digest')
      .addHelpText(
        'after',
        '\nExample:\n  pindrift import --from imgpkg .imgpkg/images.yml\n\nNo registry is asked; `pindrift resolve` says whether all of it is there.',
      );
  },

  async run(call) {
    const { args, options, io } = call;
    const file = args[0] ?? '';
    const { entries, skipped } = await formatNamed(options.from).read(await read(file, io), file);
    const { path } = await openLock(call, await openConfig(call), { mayBeNew: true });
    const update = options.overwrite === true ? { update: true as const } : {};
    const { changes, written } = await changeFiles(io, () => changeLock(path, entries, update));
    for (const { image, reason } of skipped) note(call, `${file}: ${image} is left out: ${reason}`);
    if (options.format === 'json') {
      await printDocument(call, lockDocument({ changes, findings: [] }));
    } else {
      await write(io.stdout, changesTable(changes, layoutOf(call)));
      await write(io.stdout, formatSummary(summarizeChanges(changes, [])));
      note(call, written ? `wrote ${path}` : `${path} is left as it is: nothing new`);
    }
    // What was left out is not locked, and whoever relies on the exit code must not think so.
    return skipped.length > 0 ? 1 : 0;
  },
};

async function read(file: string, io: Io): Promise<string> {
  try {
    const bytes = file === '-' ? await readStdin(io) : await readFile(resolve(io.cwd, file));
    return Buffer.from(bytes).toString('utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('cannot-read', `${file}: cannot be read: ${reason}`, { cause });
  }
}
