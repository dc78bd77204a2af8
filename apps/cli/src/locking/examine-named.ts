import { type Finding, type PinnedImage, pinText, readRecord } from '@pindrift/pin';
import {
  type ExamineContext,
  type ExamineOptions,
  examine,
  examineText,
  findingsOf,
  imagesOf,
  inputsOf,
} from '../examine.ts';
import type { Input } from '../inputs.ts';
import { withRendered } from '../render-command.ts';
import type { Call } from '../verb.ts';
import { type LockInPlaceOptions, withLockInPlace } from './lock-in-place.ts';

/** What is named in the files, and in what a command renders. */
export interface Named {
  readonly images: readonly PinnedImage[];
  readonly findings: readonly Finding[];
  readonly inputs: readonly Input[];
}

export interface RenderOption extends ExamineOptions {
  readonly render?: string;
}

/**
 * Looks at what the arguments name, or at what the command of `--render` renders, or at both where
 * both are given. Of a render, what our function and post-renderer saw on the way counts, and what
 * came out at the end.
 */
export async function examineNamed(
  call: Call<RenderOption>,
  context: ExamineContext,
  lockFile: LockInPlaceOptions,
): Promise<Named> {
  const { render } = call.options;
  const onlyRendered = render !== undefined && call.args.length === 0;
  const seen = onlyRendered ? { examined: [], unread: [] } : await examine(call, context, pinText);
  const files = { images: imagesOf(seen), findings: findingsOf(seen), inputs: inputsOf(seen) };
  if (render === undefined) return files;
  const rendered = await withLockInPlace(call.io, lockFile, () =>
    examineRendered(call, render, context),
  );
  return {
    images: [...files.images, ...rendered.images],
    findings: [...files.findings, ...rendered.findings],
    inputs: [...files.inputs, ...rendered.inputs],
  };
}

async function examineRendered(
  call: Call,
  command: string,
  context: ExamineContext,
): Promise<Named> {
  return await withRendered(command, call.io, async ({ stdout, record }) => {
    const recorded = await readRecord(record);
    const input = { file: '(render)', bytes: stdout };
    const today = call.io.today;
    const { result } = await examineText(input, { ...context, today }, pinText);
    // What a wrapper prints beside its manifests is nothing to us once something was recorded.
    const own = recorded.images.length > 0 ? [] : result.findings;
    return {
      images: [...recorded.images, ...result.images],
      findings: [...recorded.findings, ...own],
      inputs: [input],
    };
  });
}
