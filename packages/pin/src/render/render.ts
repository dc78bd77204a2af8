import type { PinContext, PinResult } from '../pin-context.ts';
import { pinText } from '../pin-text.ts';
import { today } from '../today.ts';
import type { Registries, Resolver } from './open-resolver.ts';
import { complain } from './run-program.ts';
import type { Teller } from './teller.ts';
import { writeWhole } from './write-all.ts';

/** What `undici` needs; it says so under `engines`. */
const RESOLVE_NODE = [22, 19] as const;

/** One text that is rendered, and how it is called in findings. */
export interface RenderInput {
  readonly file: string;
  readonly text: Uint8Array;
}

export interface RenderSettings
  extends Pick<PinContext, 'lock' | 'settings' | 'ignore' | 'fields' | 'lockCommand'> {
  /** How to reach registries; asked for in mode `resolve` only. */
  readonly registries?: Registries;
}

export interface RenderOptions {
  /** The texts; called once. */
  readonly read: () => Promise<readonly RenderInput[]>;
  /** Lock and settings for them. */
  readonly configure: (inputs: readonly RenderInput[]) => Promise<RenderSettings>;
  /** A `pindrift.yaml` whose settings and rules hold too; no other is looked for. */
  readonly config: string | undefined;
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
  if (report !== undefined) await (await import('./write-report.ts')).refuseOther(report);
  try {
    const inputs = await options.read();
    if (options.record !== undefined) {
      complain(
        `pindrift: nothing is pinned: PINDRIFT_RECORD is set; recorded in ${options.record}\n`,
      );
      await record(options.record, inputs, options);
      return await write(inputs.map(({ text }) => text));
    }
    const results = await pinAll(inputs, await settingsOf(options, inputs));
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
  options: RenderOptions,
): Promise<void> {
  const { recordImages } = await import('../record-images.ts');
  const rules = await settingsOf(options, inputs).catch(() => ({}));
  for (const input of inputs) await recordImages(file, input.text, { ...rules, file: input.file });
}

async function pinAll(inputs: readonly RenderInput[], rules: RenderSettings): Promise<PinResult[]> {
  const resolver = await resolverFor(rules);
  const common = {
    ...rules,
    wholePaths: true,
    today: today(),
    ...(resolver && { resolve: resolver.resolve }),
  };
  try {
    const results: PinResult[] = [];
    for (const { file, text } of inputs) results.push(await pinText(text, { ...common, file }));
    return results;
  } finally {
    await resolver?.close();
  }
}

async function settingsOf(
  { config, configure }: RenderOptions,
  inputs: readonly RenderInput[],
): Promise<RenderSettings> {
  const rules = await configure(inputs);
  if (config === undefined) return rules;
  const { withConfig } = await import('./with-config.ts');
  return withConfig(rules, config);
}

async function resolverFor(rules: RenderSettings): Promise<Resolver | undefined> {
  const { settings, lock, registries } = rules;
  if ((settings?.mode ?? lock?.settings.mode) !== 'resolve') return undefined;
  refuseOldNode();
  const { openResolver } = await import('./open-resolver.ts');
  return openResolver(registries);
}

/** Throws an `Error` where this Node cannot run the registry client. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > RESOLVE_NODE[0] || (major === RESOLVE_NODE[0] && minor >= RESOLVE_NODE[1])) return;
  const needed = RESOLVE_NODE.join('.');
  throw new Error(
    `mode resolve needs Node ${needed} or newer; this is ${process.version}, which runs mode locked`,
  );
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
