import { exitCode } from '@pindrift/pin';
import { changesTable, formatSummary, lockDocument, summarizeChanges } from '@pindrift/report';
import { countOf } from '../count-of.ts';
import { addInputArguments } from '../input-arguments.ts';
import { write } from '../io.ts';
import { type LockedImages, type LockImagesOptions, lockImages } from '../locking/lock-images.ts';
import { note } from '../output.ts';
import { layoutOf, printDocument, printFindings } from '../print-results.ts';
import type { Call, ExitCode, Verb } from '../verb.ts';

const EXAMPLES = `
Existing entries stay as they are unless --update names them.

Examples:
  pindrift lock k8s
  helm template web ./chart | pindrift lock -
  pindrift lock --render 'kustomize build --enable-alpha-plugins --enable-exec k8s'
  pindrift lock --update nginx:1.27`;

/** `pindrift lock [PATH…|-]` */
export const lock: Verb<LockImagesOptions> = {
  declare(command) {
    addInputArguments(command)
      .option('--render <command>', 'a shell command that renders manifests: lock what it renders')
      .option(
        '--lock <file>',
        'the lock; default: images.lock.yaml upward from the paths, then from here',
      )
      .option(
        '--update [image,…]',
        'let entries move to what their tag names now; default: all',
        names,
      )
      .option('--prune', 'remove entries that nothing named here uses any more')
      .option('--frozen', 'write nothing; exit code 1 when the lock would change')
      .option('--no-platforms', 'leave platforms out: one request less for each image')
      .addHelpText('after', EXAMPLES);
  },

  async run(typed) {
    const call = withStdin(typed);
    const done = await lockImages(call);
    await print(call, done);
    return exitOf(call, done);
  },
};

/** `--update` alone, `--update a,b`, or several times; anything with `--update` alone means all. */
function names(value: string, previous: true | readonly string[] = []): true | readonly string[] {
  return previous === true ? true : [...previous, ...value.split(',').map((name) => name.trim())];
}

/** In `lock --update -` the dash is stdin, and no image. */
function withStdin(call: Call<LockImagesOptions>): Call<LockImagesOptions> {
  const { update } = call.options;
  if (update === undefined || update === true || !update.includes('-')) return call;
  const images = update.filter((name) => name !== '-');
  const options = { ...call.options, update: images.length === 0 ? (true as const) : images };
  return { ...call, args: [...call.args, '-'], options };
}

async function print(call: Call<LockImagesOptions>, done: LockedImages): Promise<void> {
  const { path, outcome, findings, inputs } = done;
  const { io, options } = call;
  const { changes, written, lock: now } = outcome;
  if (options.format === 'json') {
    await printDocument(call, lockDocument({ changes, findings }));
    return;
  }
  await write(io.stdout, changesTable(changes, layoutOf(call)));
  await write(io.stdout, formatSummary(summarizeChanges(changes, findings)));
  await printFindings(call, io.stderr, findings, inputs);
  const left = findings.filter(({ code }) => code === 'dangling' || code === 'unresolvable').length;
  if (options.frozen === true) note(call, `${path} is left as it is (--frozen)`);
  else if (written) note(call, `wrote ${path}: ${countOf(now.images.length, 'image')}`);
  else if (now.images.length === 0) note(call, `${path} is not written: nothing to put in it`);
  else note(call, `${path} is left as it is: nothing new`);
  if (left === 0) return;
  note(call, `not resolved: ${left}; a render stops at an image that has no entry`);
}

function exitOf({ options }: Call<LockImagesOptions>, done: LockedImages): ExitCode {
  const { findings, outcome } = done;
  const code = exitCode(findings, { failOn: options.failOn ?? ['error'] });
  return options.frozen === true && outcome.changed && code === 0 ? 1 : code;
}
