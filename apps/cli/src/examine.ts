import {
  type Finding,
  fileFinding,
  type PinContext,
  type PinnedImage,
  type PinResult,
  type TextContent,
  textContent,
} from '@pindrift/pin';
import { CliError } from './cli-error.ts';
import { type Input, openInputs } from './inputs.ts';
import { note } from './output.ts';
import { startProgress } from './progress.ts';
import type { Call } from './verb.ts';

/** One text and what was made of it. */
export interface Examined {
  /** Its bytes are empty where nothing was found, so that a huge folder needs no huge memory. */
  readonly input: Input;
  readonly result: PinResult;
  /** What the text is; one that names images or cannot be read is no stranger. */
  readonly content: TextContent;
}

export interface Examination {
  /** In the order of the files. */
  readonly examined: readonly Examined[];
  /** One for each file that could not be read at all. */
  readonly unread: readonly Finding[];
}

/** What is done with each text: `checkText` or `pinText` of the pipeline. */
export type Look = (text: Uint8Array, context: PinContext) => Promise<PinResult>;

export interface ExamineOptions {
  /** False reads what git ignores, too. */
  readonly ignore?: boolean;
}

export type ExamineContext = Omit<PinContext, 'file' | 'today'>;

/**
 * Reads what the arguments name, one text after the other, and has `look` judge each. Throws
 * `CliError` `not-found` for a stdin without manifests: whoever writes to it has failed, and nothing
 * is known.
 */
export async function examine(
  call: Call<ExamineOptions>,
  context: ExamineContext,
  look: Look,
): Promise<Examination> {
  const { args, io, options } = call;
  const { files, count, skipped } = await openInputs(args, io, { ignore: options.ignore ?? true });
  const unread: Finding[] = [];
  for (const { path, code, message } of skipped) {
    if (code === 'symlink' || code === 'repository') note(call, message);
    else unread.push(fileFinding(path, message));
  }
  const examined: Examined[] = [];
  const progress = startProgress('reading', count >= MANY_FILES ? count : 0, io, options);
  try {
    for await (const input of files) {
      progress.step();
      if ('problem' in input) unread.push(fileFinding(input.file, input.problem));
      else examined.push(await examineText(input, { ...context, today: io.today }, look));
      if (input.file === '-') refuseEmpty(examined);
    }
  } finally {
    progress.stop();
  }
  return { examined, unread };
}

/** Has `look` judge one text. */
export async function examineText(
  input: Input,
  context: Omit<PinContext, 'file'>,
  look: Look,
): Promise<Examined> {
  const result = await look(input.bytes, { ...context, file: input.file });
  const needed = result.findings.length > 0 || result.text !== input.bytes;
  const known = result.images.length > 0 || result.findings.length > 0;
  const content = known ? 'manifests' : textContent(input.bytes);
  return { input: needed ? input : { file: input.file, bytes: EMPTY }, result, content };
}

function refuseEmpty(examined: readonly Examined[]): void {
  const content = examined.at(-1)?.content;
  if (content === 'blank') {
    throw new CliError('not-found', 'stdin is empty: pipe manifests into it, or name files');
  }
  if (content !== 'foreign') return;
  const why = 'no document in it has an apiVersion and a kind';
  throw new CliError('not-found', `stdin holds no manifest: ${why}`);
}

/** True where at least one text is made of manifests, or may be: it could not be read. */
export function holdsManifests({ examined, unread }: Examination): boolean {
  return unread.length > 0 || examined.some(({ content }) => content === 'manifests');
}

export function imagesOf({ examined }: Examination): readonly PinnedImage[] {
  return examined.flatMap(({ result }) => result.images);
}

export function findingsOf({ examined, unread }: Examination): readonly Finding[] {
  return [...unread, ...examined.flatMap(({ result }) => result.findings)];
}

export function inputsOf({ examined }: Examination): readonly Input[] {
  return examined.map(({ input }) => input);
}

const EMPTY = new Uint8Array();

/** Fewer are read before anybody could see a bar. */
const MANY_FILES = 200;
