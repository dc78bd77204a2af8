import { appendFile, readFile } from 'node:fs/promises';
import type { Finding } from './findings/finding.ts';
import type { PinContext, PinnedImage } from './pin-context.ts';
import { PinError } from './pin-error.ts';
import { pinText } from './pin-text.ts';
import { today } from './today.ts';

/** What renders saw while they were recorded. */
export interface Recorded {
  /** Every image, once per text and resource. */
  readonly images: readonly PinnedImage[];
  /** What could not be read, and templates; what the lock lacks is no finding here. */
  readonly findings: readonly Finding[];
}

type Line = { readonly image: PinnedImage } | { readonly finding: Finding };

/**
 * Appends what a text names to a record, one JSON document a line, in one write: several renders may
 * record into one file at the same time. The text itself is not recorded, as it may hold secrets.
 *
 * Throws `PinError` `cannot-write`.
 */
export async function recordImages(
  file: string,
  text: Uint8Array,
  context: Partial<PinContext> = {},
): Promise<void> {
  const settings = { mode: 'locked', onMissing: 'keep' } as const;
  const { images, findings } = await pinText(text, { today: today(), ...context, settings });
  const lines: Line[] = [
    ...unique(images).map((image) => ({ image })),
    ...findings.filter(({ code }) => code !== 'not-locked').map((finding) => ({ finding })),
  ];
  if (lines.length === 0) return;
  // A line that a killed process left unfinished must not swallow ours.
  const record = `\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  try {
    await appendFile(file, record);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PinError('cannot-write', `${file}: could not be written: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * Reads a record back; a file that is not there is a record in which nothing was seen.
 *
 * Throws `PinError` `bad-format` for a line that is damaged: what it named is not known.
 */
export async function readRecord(file: string): Promise<Recorded> {
  const images: PinnedImage[] = [];
  const findings: Finding[] = [];
  for (const [index, text] of (await linesOf(file)).entries()) {
    if (text === '') continue;
    const line = parseLine(text, `${file}:${index + 1}`);
    if ('image' in line) images.push(line.image);
    else findings.push(line.finding);
  }
  return { images, findings };
}

function unique(images: readonly PinnedImage[]): PinnedImage[] {
  const seen = new Map<string, PinnedImage>();
  for (const image of images) {
    const { text, outcome, kind, namespace, name } = image;
    const key = JSON.stringify([text, outcome, kind, namespace, name]);
    if (!seen.has(key)) seen.set(key, image);
  }
  return [...seen.values()];
}

async function linesOf(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    throw new PinError('cannot-read', `${file}: could not be read: ${reason}`, { cause: error });
  }
}

function parseLine(text: string, place: string): Line {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null && ('image' in line || 'finding' in line)) {
      return line as Line;
    }
  } catch {
    // Said below: a damaged line and one of something else have the same cure.
  }
  throw new PinError(
    'bad-format',
    `${place}: the record is damaged, as a render was stopped while it wrote; render again into a new one`,
  );
}
