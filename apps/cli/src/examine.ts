import {
  type Finding,
  fileFinding,
  type PinContext,
  type PinnedImage,
  type PinResult,
} from '@pindrift/pin';
import { type Input, openInputs } from './inputs.ts';
import { note } from './output.ts';
import { startProgress } from './progress.ts';
import type { Call } from './verb.ts';

/** One text and what was made of it. */
export interface Examined {
  /** Its bytes are empty where nothing was found, so that a huge folder needs no huge memory. */
  readonly input: Input;
  readonly result: PinResult;
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

/** Reads what the arguments name, one text after the other, and has `look` judge each. */
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
  return { input: needed ? input : { file: input.file, bytes: EMPTY }, result };
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
