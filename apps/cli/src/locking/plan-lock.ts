import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  entryFor,
  type Finding,
  type Lock,
  lockKey,
  mayMove,
  type PinnedImage,
} from '@pindrift/pin';
import { type ImageReference, parseReference } from '@pindrift/reference';
import { CliError } from '../cli-error.ts';
import { readReference } from '../read-reference.ts';

/** One image that a registry has to be asked for, and the place that names it. */
export interface Question {
  /** Canonical name and tag: what the lock holds it under. */
  readonly image: string;
  readonly reference: ImageReference;
  /** The first place that names it; undefined where an entry is to be brought up to date. */
  readonly place: PinnedImage | undefined;
}

export interface LockPlan {
  /** Each image once, in the order in which they were found. */
  readonly questions: readonly Question[];
  /** Every image that the texts name, canonical: what pruning keeps. */
  readonly named: readonly string[];
  /** Which existing entries may move, canonical. */
  readonly update: true | readonly string[];
}

export interface PlanInput {
  readonly lock: Lock;
  readonly images: readonly PinnedImage[];
  readonly findings: readonly Finding[];
  /** As given with `--update`: true for all entries. */
  readonly update: true | readonly string[];
  readonly cwd: string;
}

/** Decides what to ask: what the lock lacks, and the entries that are to move. Asks nothing yet. */
export function planLock({ lock, images, findings, update, cwd }: PlanInput): LockPlan {
  const named = namedImages(images, findings);
  const questions = [...named.values()].filter(
    ({ image, reference }) => reference.digest === undefined && !entryFor(lock, image),
  );
  const known = [...named.keys(), ...lock.images.map(({ image }) => image)];
  const wanted = update === true ? update : update.map((name) => updateName(name, known, cwd));
  for (const { image } of lock.images) {
    if (!mayMove(image, wanted)) continue;
    questions.push({ image, reference: parseReference(image), place: undefined });
  }
  return { questions, named: [...named.keys()], update: wanted };
}

/** By canonical name and tag, the first place that names each without a digest, else with one. */
function namedImages(
  images: readonly PinnedImage[],
  findings: readonly Finding[],
): ReadonlyMap<string, Question> {
  const unclear = new Set(findings.map(placeOf));
  const named = new Map<string, Question>();
  for (const place of images) {
    const { reference: text, outcome, confidence } = place;
    if (text === undefined || outcome === 'ignored' || confidence === 'low') continue;
    if (unclear.has(placeOf(place))) continue;
    const reference = parseReference(text);
    if (reference.digest !== undefined && reference.tag === undefined) continue;
    const image = lockKey(reference);
    const before = named.get(image);
    if (before === undefined || before.reference.digest !== undefined) {
      named.set(image, { image, reference, place });
    }
  }
  return named;
}

/** A place whose value is no plain reference (a template, a number) has a finding of its own. */
function placeOf({ file, line, column, text }: Finding | PinnedImage): string {
  return JSON.stringify([file, line, column, text]);
}

/** `nginx` for all tags of a repository or `nginx:1.27` for one, as the lock writes it. */
function updateName(name: string, known: readonly string[], cwd: string): string {
  const reference = readReference(name, '--update');
  const { domain, path, tag } = reference;
  const wanted = tag === undefined ? `${domain}/${path}` : lockKey(reference);
  if (known.some((image) => mayMove(image, [wanted]))) return wanted;
  const isPath = existsSync(resolve(cwd, name));
  const hint = isPath ? `; '${name}' is a path: put it before --update` : '';
  throw new CliError('usage', `--update ${name}: neither the lock nor the files name it${hint}`);
}
