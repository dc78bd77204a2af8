import type { ImageOccurrence } from '@pindrift/documents';
import type { Finding } from '@pindrift/pin';
import type { FieldRule, IgnoreRule } from '@pindrift/pin/config';
import type { Registry } from '@pindrift/registry';
import type { ImageState } from './case.ts';
import { extract } from './extract.ts';
import { type Judged, join } from './join.ts';
import { listSources } from './list-sources.ts';
import { lockSubjects } from './lock-subjects.ts';
import { resolveAll } from './resolve.ts';
import type { OnEvent } from './scan-event.ts';
import { createRecorder } from './store/recorder.ts';
import type { Store } from './store/store.ts';
import { subjectsOf } from './subject.ts';
import { type ScanSummary, summarize } from './summarize.ts';
import { createSurroundings } from './surroundings.ts';

/** What is scanned, and by which rules. */
export interface ScanConfig {
  /** Folders, git work trees and files on this machine. */
  readonly sources: readonly string[];
  /** Rules besides those that stand in the sources' own `pindrift.yaml`. */
  readonly ignore?: readonly IgnoreRule[];
  readonly fields?: readonly FieldRule[];
  /** For how long a tag may name another digest before that is `stale`, in milliseconds; default 72 h. */
  readonly settle?: number;
  /** Globs of repositories that expire what has no tag: `ghcr.io/acme/**`. Default: none is known. */
  readonly retention?: readonly string[];
}

export interface ScanOptions {
  readonly registry: Pick<Registry, 'resolve' | 'manifest'>;
  /** What relative sources are relative to; default: the working directory. */
  readonly cwd?: string;
  /** False reads what git ignores, too; default true. */
  readonly gitignore?: boolean;
  /** What earlier scans saw; default: nothing, and then no age is known. */
  readonly store?: Store | undefined;
  /** Milliseconds since the epoch; default: the machine's clock. Asked once. */
  readonly now?: () => number;
  /** Questions at a time to one host; default 16. */
  readonly concurrency?: number;
  /** Stops the scan: what is known by then is stored and reported, all else is unknown. */
  readonly signal?: AbortSignal;
  readonly onEvent?: OnEvent;
}

/** One image in one place, and how it stands. */
export interface ScannedImage extends ImageOccurrence {
  readonly state: ImageState;
  /** The digest that it is pinned to. */
  readonly digest: string | undefined;
  /** What its tag names now. */
  readonly current: string | undefined;
  readonly mediaType: string | undefined;
  /** Since when its tag is known to name something else, in milliseconds since the epoch. */
  readonly since: number | undefined;
}

export interface ScanReport {
  /** By file, line and column. */
  readonly findings: readonly Finding[];
  /** In the order of the files; the entries of locks behind them. */
  readonly images: readonly ScannedImage[];
  readonly summary: ScanSummary;
}

/** Three days: official images get new digests for hours after a release, as their platforms finish. */
const SETTLE = 72 * 60 * 60 * 1000;

const CONCURRENCY = 16;

/** What was not seen for this long is forgotten. */
const KEEP = 400 * 24 * 60 * 60 * 1000;

/**
 * Lists the sources, finds every image in them, asks each unique tag and digest once, and holds what
 * the files say against what the registries said now and before.
 *
 * What cannot be read, and what no registry answered for, is a finding and never an error. Throws
 * `ScanError` where the store cannot be used.
 */
export async function scan(config: ScanConfig, options: ScanOptions): Promise<ScanReport> {
  const run = runOf(config, options);
  const listing = await listSources(config.sources, run);
  const surroundings = createSurroundings(listing, run.cwd);
  const extracted = await extract(listing.files, { ...run, surroundings });
  const locks = await surroundings.locks();
  const subjects = [
    ...subjectsOf(extracted.images, extracted.findings),
    ...(await Promise.all(locks.map((lock) => lockSubjects(lock, run)))).flat(),
  ];
  const recorder = createRecorder(run);
  const resolution = await resolveAll(subjects, { ...run, onTag: recorder.tag });
  recorder.finish(subjects);
  const judged = join(subjects, resolution, run);
  run.store?.prune(run.now - KEEP);
  const left = { files: listing.files.length - extracted.files, questions: resolution.left };
  if (run.signal?.aborted === true) run.onEvent({ kind: 'stopped', ...left });
  const findings = [
    ...listing.findings,
    ...surroundings.findings,
    ...extracted.findings,
    ...judged.flatMap((one) => one.findings),
  ].sort(byPlace);
  const images = judged.map(imageOf);
  const summary = summarize({ images, findings, extracted, resolution, left });
  return { findings, images, summary };
}

/** The configuration and the options with every default filled in. */
function runOf(config: ScanConfig, options: ScanOptions) {
  const now = (options.now ?? Date.now)();
  return {
    registry: options.registry,
    cwd: options.cwd ?? process.cwd(),
    gitignore: options.gitignore ?? true,
    ignore: config.ignore ?? [],
    fields: config.fields ?? [],
    settle: config.settle ?? SETTLE,
    retention: config.retention ?? [],
    store: options.store,
    now,
    today: new Date(now).toISOString().slice(0, 10),
    concurrency: options.concurrency ?? CONCURRENCY,
    signal: options.signal,
    onEvent: options.onEvent ?? (() => undefined),
  };
}

function imageOf({ subject, state, current, mediaType, since }: Judged): ScannedImage {
  return { ...subject.image, state, digest: subject.digest, current, mediaType, since };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
