import { describe, expect, test } from 'vitest';
import { movedSince } from './moved.ts';
import type { Observation } from './store/store.ts';

describe('since when a tag names something else than the pinned P:', () => {
  test.each([
    ['nobody has seen anything', '', undefined, undefined],
    ['what it was seen to name after P', 'P1-3 A4-6', 2, 4],
    ['it moved on every night since', 'P1-3 A4-4 B5-5 C6-6', 2, 4],
    ['it came back to P in between', 'P1-1 A2-2 P3-3 B4-4', 1, 4],
    ['P was never seen, and it has not moved since', 'A1-9', 8, 1],
    ['P was never seen, it moves every night, and the pin is older', 'A1-1 B2-2 C3-3', 1, 1],
    ['P was never seen, and the pin is from today', 'A1-8 B9-9', 9, 9],
    ['P is what it names now', 'A1-2 P3-3', 1, undefined],
  ])('%s', (_, history, pinnedSince, since) => {
    expect(movedSince(read(history), 'P', pinnedSince)).toBe(since);
  });
});

/** `P1-3`: P was seen from 1 to 3. */
function read(text: string): Observation[] {
  return text.split(' ').flatMap((part) => {
    const [, digest = '', from, to] = /^(\w)(\d)-(\d)$/.exec(part) ?? [];
    return from === undefined ? [] : [{ digest, firstSeen: Number(from), lastSeen: Number(to) }];
  });
}
