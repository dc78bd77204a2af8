import { CUSTOM_RESOURCES } from '../custom-resources.ts';
import { createImages, type Images } from '../images.ts';
import type { ImageOccurrence } from '../occurrence.ts';
import * as exactReader from '../read-exact.ts';
import { readFast } from '../read-fast.ts';
import { readLeftovers } from '../read-leftovers.ts';
import { rewrite } from '../rewrite.ts';
import { splitStream } from '../split-stream.ts';
import { startDocuments, startReading } from '../start-reading.ts';
import { judgeStream, type ParseStream } from './judge.ts';

/** What became of one text. */
export interface Outcome {
  /** The fast reader answered all of it. */
  readonly fast: boolean;
  /** The exact reader could read all of it. */
  readonly readable: boolean;
  /** The third library could say something to it. */
  readonly judged: boolean;
  readonly images: number;
  /** What is wrong, in one sentence; empty where the readers agree. */
  readonly difference: string;
}

/** Reads a text in every way and says where the answers differ. */
export function differ(text: string, parse: ParseStream): Outcome {
  const bytes = Buffer.from(text);
  const { images, fast } = readBoth(bytes);
  const exact = readExactOnly(bytes);
  const readable = exact.unreadable.length === 0;
  const wanted = readable ? judgeStream(text, parse) : undefined;
  const difference =
    compare(images, exact, fast) || judgeExact(exact, wanted) || checkRewrite(bytes, images);
  return { fast, readable, judged: wanted !== undefined, images: images.sites.length, difference };
}

/** As `readImages` does: without the table of custom resources first. */
function readBoth(bytes: Buffer): { images: Images; fast: boolean } {
  const reading = startReading(bytes, { custom: undefined, fields: [], tolerant: false });
  const first = readFast(reading, startDocuments(reading));
  reading.plans.addTable(CUSTOM_RESOURCES);
  const leftovers = [...first.leftovers, ...readFast(reading, first.waiting).leftovers];
  readLeftovers(reading, leftovers, exactReader);
  return { images: createImages(reading, '-'), fast: leftovers.length === 0 };
}

function readExactOnly(bytes: Buffer): Images {
  const options = { custom: CUSTOM_RESOURCES, fields: [], tolerant: false };
  const reading = startReading(bytes, options);
  const parts = splitStream(bytes).map((part) => ({ ...part, items: [] }));
  readLeftovers(reading, parts, exactReader);
  return createImages(reading, '-');
}

/** Where nothing can be an image, the fast path does not look for mistakes. */
function compare(images: Images, exact: Images, fast: boolean): string {
  const [ours, theirs] = [show(images), show(exact)];
  if (ours !== theirs && exact.unreadable.length === 0) return `fast: ${ours}\nexact: ${theirs}`;
  const missed = fast && images.sites.length > 0 && exact.unreadable.length > 0;
  if (!missed) return '';
  const part = exact.unreadable.find(({ start, end }) =>
    images.sites.some((site) => site.start >= start && site.end <= end),
  );
  return part ? `fast reads what exact refuses: ${part.reason} at ${part.line}:${part.column}` : '';
}

function show(images: Images): string {
  return images.sites
    .map((site) => {
      const { start, end, path, document, kind, name, namespace, text } = images.describe(site);
      const ignore = images.ignoreOf(site)?.reason ?? '';
      return `${start}-${end} ${document} ${kind} ${namespace}/${name} ${path} ${text} ${site.problem} ${ignore}`;
    })
    .join('\n');
}

function judgeExact(exact: Images, wanted: readonly string[] | undefined): string {
  if (wanted === undefined) return '';
  const found = exact.sites
    .map((site) => exact.describe(site))
    .filter(({ finder }) => finder === 'kubernetes')
    .filter((image) => isText(exact, image))
    .map(({ path, text }) => `${path}=${text}`);
  const [ours, theirs] = [found, wanted].map((images) => images.map(onOneLine).sort().join('\n'));
  return ours === theirs ? '' : `exact: ${ours}\nyaml: ${theirs}`;
}

/** Text over lines that are not deep enough is no image, and may be read with other spaces. */
function onOneLine(image: string): string {
  return image.replaceAll(/\s+/g, ' ');
}

function isText(exact: Images, { start }: ImageOccurrence): boolean {
  return exact.sites.find((site) => site.start === start)?.problem !== 'not-a-string';
}

const DIGEST = `@sha256:${'0'.repeat(64)}`;

/** With a digest behind each image, the same images are found at the same places, with the digest. */
function checkRewrite(bytes: Buffer, images: Images): string {
  const sites = images.sites.filter(
    ({ problem, text }) => problem === undefined && /^[a-z][a-z0-9./:-]*$/.test(text),
  );
  if (sites.length === 0 || images.unreadable.length > 0) return '';
  const edits = sites.map(({ end }) => ({ start: end, end, text: DIGEST }));
  const again = readBoth(Buffer.from(rewrite(bytes, edits))).images;
  const wanted = sites.map(({ text }) => text + DIGEST);
  const found = again.sites.map(({ text }) => text).filter((text) => wanted.includes(text));
  return found.length >= wanted.length ? '' : `rewritten: ${found}\nwanted: ${wanted}`;
}
