import { differ } from './differ.ts';
import type { ParseStream } from './judge.ts';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';
import { writeManifest } from './write-manifest.ts';

export interface DifferentialOptions {
  readonly documents: number;
  readonly seed: number;
  /** The third library, which judges the exact reader. */
  readonly parse: ParseStream;
  /** How many differences are collected before the run ends; default 1. */
  readonly most?: number;
}

/** What a run has seen; a run in which little is read fast or judged proves little. */
export interface Differential {
  readonly documents: number;
  readonly fast: number;
  readonly readable: number;
  readonly judged: number;
  readonly images: number;
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** The seed of this one text: a run of one document with it shows it again. */
  readonly seed: number;
  readonly text: string;
  readonly difference: string;
}

/** Reads generated and mutated texts with both readers and holds them against each other. */
export function runDifferential(options: DifferentialOptions): Differential {
  const { documents, seed, parse, most = 1 } = options;
  const seen = { documents: 0, fast: 0, readable: 0, judged: 0, images: 0 };
  const differences: Difference[] = [];
  for (let at = seed; at < seed + documents && differences.length < most; at++) {
    const random = createRandom(at);
    const text = mutate(random, writeManifest(random));
    const { fast, readable, judged, images, difference } = differ(text, parse);
    seen.documents++;
    seen.fast += fast ? 1 : 0;
    seen.readable += readable ? 1 : 0;
    seen.judged += judged ? 1 : 0;
    seen.images += images;
    if (difference !== '') differences.push({ seed: at, text, difference });
  }
  return { ...seen, differences };
}
