import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { exitCode, type Finding } from '@pindrift/pin';
import { CONFIG_FILE } from '@pindrift/pin/config';
import { printable } from '@pindrift/report/printable';
import { CliError } from '../cli-error.ts';
import { countOf } from '../count-of.ts';
import { adviceFor, type Step } from '../init/advice.ts';
import { INITIAL_CONFIG } from '../init/initial-config.ts';
import { readLayout } from '../init/layout.ts';
import { changeFiles } from '../io.ts';
import { openLock } from '../lock-path.ts';
import { changeLock } from '../locking/change-lock.ts';
import { lockImages } from '../locking/lock-images.ts';
import { openConfig } from '../open-config.ts';
import { printText } from '../output.ts';
import { printFindings, printJson } from '../print-results.ts';
import type { Call, Verb } from '../verb.ts';

/** `pindrift init [PATH]` */
export const init: Verb = {
  declare(command) {
    command
      .argument('[path]', 'the folder; default: the working directory')
      .addHelpText(
        'after',
        '\nNothing that is there is overwritten. With --offline the lock is left empty.',
      );
  },

  async run(typed) {
    const call = inFolder(typed);
    const wroteConfig = await writeConfig(call);
    const { path, wrote, images, findings } = await writeLock(call);
    const [written, kept] = [wroteConfig ? [CONFIG_FILE] : [], wroteConfig ? [] : [CONFIG_FILE]];
    (wrote ? written : kept).push(path);
    const lockFile = relative(call.io.cwd, resolve(path)).replaceAll('\\', '/');
    const steps = adviceFor(await readLayout(call.io), lockFile);
    if (call.options.format === 'json')
      await printJson(call, 'init', { written, kept, images, steps });
    else {
      const wroteLines = written.map((file) => `wrote ${file}\n`);
      const keptLines = kept.map((file) => `kept ${file}, which was there\n`);
      const lines = [
        ...wroteLines,
        ...keptLines,
        `${countOf(images, 'image')} in the lock\n`,
        ...steps.map(format),
      ];
      await printText(call, printable(lines.join('')));
      await printFindings(call, call.io.stderr, findings);
    }
    return exitCode(findings, { failOn: call.options.failOn ?? ['error'] });
  },
};

/** The call as if it had been made in the folder that it names. */
function inFolder(call: Call): Call {
  const [path] = call.args;
  if (path === undefined) return call;
  const cwd = resolve(call.io.cwd, path);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new CliError('not-found', `${path}: there is no such folder`);
  }
  return { ...call, args: [], io: { ...call.io, cwd } };
}

/** False where there is one. */
async function writeConfig({ io }: Call): Promise<boolean> {
  const path = join(io.cwd, CONFIG_FILE);
  try {
    await writeFile(path, INITIAL_CONFIG, { flag: 'wx' });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('cannot-write', `${CONFIG_FILE}: could not be written: ${reason}`, {
      cause,
    });
  }
}

interface InitialLock {
  readonly path: string;
  readonly wrote: boolean;
  readonly images: number;
  readonly findings: readonly Finding[];
}

async function writeLock(call: Call): Promise<InitialLock> {
  const { path, lock } = await openLock(call, await openConfig(call));
  if (lock !== undefined) return { path, wrote: false, images: lock.images.length, findings: [] };
  if (call.options.offline === true) {
    await changeFiles(call.io, () => changeLock(path, [], {}));
    return { path, wrote: true, images: 0, findings: [] };
  }
  const { outcome, findings } = await lockImages({ ...call, args: [] }, { mayBeEmpty: true });
  if (!outcome.written) await changeFiles(call.io, () => changeLock(path, [], {}));
  return { path, wrote: true, images: outcome.lock.images.length, findings };
}

function format({ title, text }: Step): string {
  return `\n${title}\n${text.replaceAll(/^(?=.)/gm, '  ')}\n`;
}
