import type { PinContext, PinResult } from '../pin-context.ts';
import { pinText } from '../pin-text.ts';
import type { Resolver } from './open-resolver.ts';
import { complain } from './run-program.ts';
import type { Teller } from './teller.ts';
import { writeWhole } from './write-all.ts';

/** One text that is rendered, and how it is called in findings. */
export interface RenderInput {
  readonly file: string;
  readonly text: Uint8Array;
}

export type RenderSettings = Pick<
  PinContext,
  'lock' | 'settings' | 'ignore' | 'fields' | 'lockCommand'
>;

export interface RenderOptions {
  /** The texts; called once. */
  readonly read: () => Promise<readonly RenderInput[]>;
  /** Lock and settings for them. */
  readonly configure: (inputs: readonly RenderInput[]) => Promise<RenderSettings>;
  /** File that images and findings are written to as JSON, whatever the outcome. */
  readonly report: string | undefined;
  /** File that what is seen is appended to; the texts then pass through as they are. */
  readonly record: string | undefined;
  /** Called where there is something to tell. */
  readonly teller: () => Promise<Teller>;
}

/**
 * Pins texts and writes them to stdout, one after the other: all of them, or nothing at all where one
 * cannot be pinned. Findings go to stderr. Returns the exit code; it is 0 only with the output.
 *
 * What a render without findings does not need is imported where it is needed: most of what a process
 * costs that has nothing to do is the code it loads.
 */
export async function render(options: RenderOptions): Promise<number> {
  const { report, teller } = options;
  try {
    const inputs = await options.read();
    if (options.record !== undefined) {
      await record(options.record, inputs, options.configure);
      return await write(inputs.map(({ text }) => text));
    }
    const results = await pinAll(inputs, await options.configure(inputs));
    if (report !== undefined) {
      await (await import('./write-report.ts')).writeReport(report, results, await teller());
    }
    const code = await judge(results, inputs, teller);
    return code === 0 ? await write(results.map(({ text }) => text)) : code;
  } catch (error) {
    if (report !== undefined) {
      await (await import('./write-report.ts')).writeFailure(report, error, await teller());
    }
    throw error;
  }
}

/** There may be no lock yet; what can be known of image fields counts all the same. */
async function record(
  file: string,
  inputs: readonly RenderInput[],
  configure: RenderOptions['configure'],
): Promise<void> {
  const { recordImages } = await import('../record-images.ts');
  const rules = await configure(inputs).catch(() => ({}));
  for (const input of inputs) await recordImages(file, input.text, { ...rules, file: input.file });
}

async function pinAll(inputs: readonly RenderInput[], rules: RenderSettings): Promise<PinResult[]> {
  const today = new Date().toISOString().slice(0, 10);
  const resolver = await resolverFor(rules);
  const common = { ...rules, today, ...(resolver && { resolve: resolver.resolve }) };
  try {
    const results: PinResult[] = [];
    for (const { file, text } of inputs) results.push(await pinText(text, { ...common, file }));
    return results;
  } finally {
    await resolver?.close();
  }
}

async function resolverFor({ settings, lock }: RenderSettings): Promise<Resolver | undefined> {
  if ((settings?.mode ?? lock?.settings.mode) !== 'resolve') return undefined;
  const { openResolver } = await import('./open-resolver.ts');
  return openResolver();
}

/** Says what was found. The exit code that forbids output, or 0. */
async function judge(
  results: readonly PinResult[],
  inputs: readonly RenderInput[],
  teller: RenderOptions['teller'],
): Promise<number> {
  const findings = results.flatMap((result) => result.findings);
  const refused = results.some((result) => result.refused);
  if (findings.length === 0) return refused ? 1 : 0;
  const { describeFindings } = await import('./describe-findings.ts');
  const { exitCode } = await import('../findings/exit-code.ts');
  complain(describeFindings(findings, inputs, await teller()));
  return Math.max(exitCode(findings), refused ? 1 : 0);
}

async function write(texts: readonly Uint8Array[]): Promise<0> {
  await writeWhole(1, joinDocuments(texts));
  return 0;
}

/** Texts as one stream: where one does not begin with a document marker, it is given one. */
function joinDocuments(texts: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = texts;
  if (first !== undefined && others.length === 0) return first;
  return Buffer.concat(
    texts.flatMap((text, index) => {
      const marked = index === 0 || Buffer.from(text.subarray(0, 3)).equals(Buffer.from('---'));
      const ended = text.length === 0 || text.at(-1) === 0x0a;
      return [Buffer.from(marked ? '' : '---\n'), text, Buffer.from(ended ? '' : '\n')];
    }),
  );
}
