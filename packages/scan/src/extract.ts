import { readFile } from 'node:fs/promises';
import { checkText, type Finding, fileFinding, type PinnedImage } from '@pindrift/pin';
import type { FieldRule, IgnoreRule } from '@pindrift/pin/config';
import type { SourceFile } from './list-sources.ts';
import { reasonOf } from './reason-of.ts';
import type { OnEvent } from './scan-event.ts';
import type { SurroundingsLookup } from './surroundings.ts';

/** What the files name, and what can be said about it without asking anybody. */
export interface Extracted {
  /** Files and the places in them, in the order of the files. */
  readonly images: readonly PinnedImage[];
  readonly findings: readonly Finding[];
  /** How many files were read, or could not be. */
  readonly files: number;
}

export interface ExtractOptions {
  readonly ignore: readonly IgnoreRule[];
  readonly fields: readonly FieldRule[];
  /** The date that ignores are held against, `YYYY-MM-DD`. */
  readonly today: string;
  readonly surroundings: SurroundingsLookup;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: OnEvent;
}

/** Reads one file after the other, until it is stopped. A file that cannot be read is a finding. */
export async function extract(
  files: readonly SourceFile[],
  options: ExtractOptions,
): Promise<Extracted> {
  const images: PinnedImage[] = [];
  const findings: Finding[] = [];
  let done = 0;
  for (const file of files) {
    if (options.signal?.aborted === true) break;
    const one = await extractFile(file, options);
    for (const image of one.images) images.push(image);
    for (const finding of one.findings) findings.push(finding);
    done++;
    options.onEvent({ kind: 'reading', done, total: files.length });
  }
  options.onEvent({ kind: 'read', files: done, images: images.length });
  return { images, findings, files: done };
}

async function extractFile(
  file: SourceFile,
  options: ExtractOptions,
): Promise<Pick<Extracted, 'images' | 'findings'>> {
  try {
    const { config, lock } = await options.surroundings.around(file);
    const { images, findings } = await checkText(await readFile(file.absolute), {
      file: file.path,
      today: options.today,
      ignore: together(options.ignore, config?.ignore),
      fields: together(options.fields, config?.fields),
      ...(lock === undefined ? undefined : { lock: lock.lock }),
    });
    return { images, findings: findings.map(lockedIsInfo) };
  } catch (error) {
    return { images: [], findings: [fileFinding(file.path, `${file.path}: ${reasonOf(error)}`)] };
  }
}

/** The rules of the scan and those beside the file, which may be the very same. */
function together<Rule>(own: readonly Rule[], beside: readonly Rule[] = []): readonly Rule[] {
  const rules = [...own, ...beside].map((rule): [string, Rule] => [JSON.stringify(rule), rule]);
  return [...new Map(rules).values()];
}

/** A render with the lock pins it, and what the lock holds is judged where it stands. */
function lockedIsInfo(finding: Finding): Finding {
  const locked = finding.code === 'unpinned' && finding.expected !== undefined;
  return locked ? { ...finding, severity: 'info' } : finding;
}
