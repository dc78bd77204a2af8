import {
  type Finding,
  type PinnedImage,
  pinText,
  readRecord,
  type TextContent,
} from '@pindrift/pin';
import { CliError } from '../cli-error.ts';
import {
  type ExamineContext,
  type ExamineOptions,
  examine,
  examineText,
  findingsOf,
  holdsManifests,
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
  /** Whether there was any manifest at all, with images in it or without. */
  readonly manifests: boolean;
}

export interface RenderOption extends ExamineOptions {
  readonly render?: string;
}

/**
 * Looks at what the arguments name, or at what the command of `--render` renders, or at both where
 * both are given. Of a render, what our function and post-renderer saw on the way counts, and what
 * came out at the end; a command that renders nothing has failed (`CliError` `render-failed`).
 */
export async function examineNamed(
  call: Call<RenderOption>,
  context: ExamineContext,
  lockFile: LockInPlaceOptions,
): Promise<Named> {
  const { render } = call.options;
  const onlyRendered = render !== undefined && call.args.length === 0;
  const seen = onlyRendered
    ? { examined: [], unread: [] }
    : await examine(call, { ...context, templates: true }, pinText);
  const files = {
    images: imagesOf(seen),
    findings: findingsOf(seen),
    inputs: inputsOf(seen),
    manifests: holdsManifests(seen),
  };
  if (render === undefined) return files;
  const rendered = await withLockInPlace(call.io, lockFile, () =>
    examineRendered(call, render, context),
  );
  return {
    images: [...files.images, ...rendered.images],
    findings: [...files.findings, ...rendered.findings],
    inputs: [...files.inputs, ...rendered.inputs],
    manifests: true,
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
    const { result, content } = await examineText(input, { ...context, today }, pinText);
    if (recorded.images.length + recorded.findings.length === 0) refuseForeign(content, command);
    // What a wrapper prints beside its manifests is nothing to us once something was recorded.
    const own = recorded.images.length > 0 ? [] : result.findings;
    return {
      images: [...recorded.images, ...result.images],
      findings: [...recorded.findings, ...own],
      inputs: [input],
      manifests: true,
    };
  });
}

/** What failed on the left of a pipe leaves nothing on its right, and exit code 0. */
function refuseForeign(content: TextContent, command: string): void {
  if (content === 'manifests') return;
  const what = content === 'blank' ? 'printed nothing' : 'printed no manifest';
  throw new CliError('render-failed', `the command given to --render ${what}: ${command}`);
}
