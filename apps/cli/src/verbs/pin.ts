import { exitCode, type Finding, type FindingCode, type PinnedImage } from '@pindrift/pin';
import { formatSummary, imagesTable, pinDocument, summarizeImages } from '@pindrift/report';
import { Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { countOf } from '../count-of.ts';
import {
  type Examination,
  type ExamineOptions,
  findingsOf,
  imagesOf,
  inputsOf,
} from '../examine.ts';
import { addInputArguments } from '../input-arguments.ts';
import { changeFiles, write } from '../io.ts';
import { type LockOption, openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import { note, printBytes } from '../output.ts';
import { pinLocked, pinResolved } from '../pinning/pin-all.ts';
import { type ChangedFile, writeFiles } from '../pinning/write-files.ts';
import { layoutOf, printDocument, printFindings } from '../print-results.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { Call, Verb } from '../verb.ts';

interface PinOptions extends ExamineOptions, LockOption {
  readonly resolve?: boolean;
  readonly update?: boolean;
  readonly keep?: boolean;
  readonly write?: boolean;
  readonly diff?: boolean;
}

const EXAMPLES = `
Without --write and --diff, files are left alone and a table says what would change; with -, the
pinned text goes to stdout.

Examples:
  pindrift pin --diff k8s
  pindrift pin --write k8s
  pindrift pin --update --write k8s
  helm template web ./chart | pindrift pin -`;

/** `pindrift pin [PATH…|-]` */
export const pin: Verb<PinOptions> = {
  declare(command) {
    addInputArguments(command)
      .option(
        '--lock <file>',
        'the lock; default: images.lock.yaml upward from the paths, then from here',
      )
      .option('--resolve', 'ask the registries for what the lock lacks')
      .option('--update', "move digests that differ from the lock's to those of the lock")
      .option('--keep', 'leave an image that cannot be pinned as it is, with a warning')
      .option('--write', 'change the files')
      .addOption(new Option('--diff', 'print what would change, as a patch').conflicts('write'))
      .addHelpText('after', EXAMPLES);
  },

  async run(call) {
    const seen = await pinInputs(call);
    const findings = findingsOf(seen);
    const refused = findings.some(({ severity }) => severity === 'error');
    const changed = refused ? [] : changedFiles(seen);
    const { io, options } = call;
    if (options.write === true) await changeFiles(io, () => writeFiles(changed, io.cwd));
    await print(call, seen, { changed, refused });
    const code = exitCode(findings, { failOn: options.failOn ?? ['error'] });
    return refused ? (Math.max(code, 1) as 1 | 2) : code;
  },
};

async function pinInputs(call: Call<PinOptions>): Promise<Examination> {
  const { args, options } = call;
  if (args.includes('-') && options.write === true) {
    throw new CliError('usage', '--write changes files; with - the pinned text goes to stdout');
  }
  const config = await openConfig(call);
  const { path, lock } = await openLock(call, config, { paths: args });
  if (lock === undefined && (options.resolve !== true || options.update === true)) {
    const instead = options.update === true ? '' : ', or ask the registries with --resolve';
    const help = `make it with 'pindrift lock'${instead}`;
    throw new CliError('not-found', `${path}: there is no lock; ${help}`);
  }
  const { fields, ignore } = config;
  const move = options.update === true;
  const keep = options.keep === true ? { onMissing: 'keep' as const } : {};
  const settings = { ...config.settings, ...keep };
  const context = { fields, ignore, settings, move, ...(lock && { lock }) };
  return options.resolve === true
    ? await pinResolved(call, context)
    : await pinLocked(call, context);
}

/** With several files, one that cannot be pinned leaves all as they are. */
function changedFiles({ examined }: Examination): ChangedFile[] {
  return examined
    .filter(({ input, result }) => result.text !== input.bytes && input.bytes.length > 0)
    .map(({ input, result }) => ({ file: input.file, before: input.bytes, after: result.text }))
    .filter(({ before, after }) => Buffer.compare(before, after) !== 0);
}

interface Outcome {
  readonly changed: readonly ChangedFile[];
  readonly refused: boolean;
}

async function print(call: Call<PinOptions>, seen: Examination, outcome: Outcome): Promise<void> {
  const { io, options } = call;
  const [images, findings] = [imagesOf(seen), findingsOf(seen)];
  if (options.format === 'json') {
    await printDocument(call, pinDocument({ images, findings }));
    return;
  }
  await printFindings(call, io.stderr, findings, inputsOf(seen));
  if (outcome.refused) note(call, refusal(findings));
  else if (options.diff === true) await printDiff(call, outcome);
  else if (call.args.includes('-')) await printText(call, seen, outcome);
  else {
    const named = images.filter(({ outcome: state }) => SHOWN.includes(state));
    await write(io.stdout, imagesTable(named, layoutOf(call)));
    await write(io.stdout, formatSummary(summarizeImages(images, findings)));
    note(call, said(outcome, options.write === true));
  }
}

/** One file that cannot be pinned leaves all as they are; this is what takes it out. */
function refusal(findings: readonly Finding[]): string {
  const has = (code: FindingCode): boolean => findings.some((finding) => finding.code === code);
  const ways = [
    ...(has('templated') ? ['--keep leaves templates as they are and pins the rest'] : []),
    ...(has('templated') || has('unreadable') ? ['name the folders that can be pinned'] : []),
  ];
  return ['nothing was written', ways.join(', or ')].filter(Boolean).join(': ');
}

/** What was or would be changed, and what a finding is about. */
const SHOWN: readonly PinnedImage['outcome'][] = ['pinned', 'moved', 'kept'];

function said({ changed }: Outcome, written: boolean): string {
  const files = countOf(changed.length, 'file');
  if (changed.length === 0) return 'nothing to write: everything here is pinned already';
  return written ? `wrote ${files}` : `would write ${files}; --write does, --diff shows it`;
}

async function printDiff(call: Call, { changed }: Outcome): Promise<void> {
  for (const { file, before, after } of changed) {
    await printBytes(call, unifiedDiff(file, before, after));
  }
}

async function printText(call: Call, seen: Examination, { changed }: Outcome): Promise<void> {
  const [file] = changed;
  await printBytes(call, file?.after ?? seen.examined[0]?.result.text ?? new Uint8Array());
}
