import type { Stock } from './registry-process.ts';

/** One way to reach one registry, and how much work is done to time it. */
export interface Scenario extends Stock {
  readonly rounds: number;
  /** `crane digest` is timed on this many and multiplied: a sequence of all takes minutes. */
  readonly sample: number;
  /** The one whose times have goals. */
  readonly isMain: boolean;
}

/** Requests at a time, and so connections. */
export const CONCURRENCY = 64;

/** http and https, without and with tokens, at 20, 0 and 100 ms; the first is the main one. */
export function scenarios(rounds: number, isShort: boolean): Scenario[] {
  const ways = [false, true].flatMap((tokens) => [false, true].map((https) => ({ https, tokens })));
  return ways.flatMap((way) =>
    [20, 0, 100].map((latency): Scenario => {
      const isMain = latency === 20 && !way.https && !way.tokens;
      return {
        ...way,
        latency,
        repositories: 50,
        images: isMain ? 1000 : isShort ? 128 : 512,
        rounds: isMain ? rounds : isShort ? 1 : 3,
        sample: isMain ? (isShort ? 10 : 50) : isShort ? 2 : 10,
        isMain,
      };
    }),
  );
}

export function titleOf({ images, https, tokens, latency }: Scenario): string {
  const way = `${https ? 'https' : 'http'}${tokens ? ' with tokens' : ''}`;
  return `Resolve ${images} unique tags over ${way}, ${latency} ms a round trip, ${CONCURRENCY} at a time`;
}

/**
 * Milliseconds if nothing but round trips took time: every tag one request, and with tokens the
 * first challenge and a token per repository before that.
 */
export function idealOf({ images, repositories, tokens, latency }: Scenario): number {
  const before = tokens ? 1 + Math.max(1, repositories / CONCURRENCY) : 0;
  return (before + images / CONCURRENCY) * latency;
}
