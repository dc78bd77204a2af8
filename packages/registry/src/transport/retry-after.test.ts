import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7000],
    [' 1.5 ', 1500],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 12:00:30 GMT', 30_000],
    ['Sat Nov 21 12:00:30 2026 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['880.092µs', 0.880092],
    ['880.092Âµs', 0.880092],
    ['1m2s', 62_000],
    ['1h', 3_600_000],
    ['250ms', 250],
  ])('%j is %d ms', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBeCloseTo(ms, 6);
  });

  test.each([undefined, '', '-1', 'soon', '1 minute', 'Infinity', '9'.repeat(65), '0x10', '1e3'])(
    '%j says nothing',
    (value) => {
      expect(parseRetryAfter(value, now)).toBeUndefined();
    },
  );

  test('whatever it says, the wait is a number that is not negative, or nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.smhnuµ:, GMT') })),
        (value) => {
          const wait = parseRetryAfter(value, now);
          expect(wait === undefined || (Number.isFinite(wait) && wait >= 0)).toBe(true);
        },
      ),
    );
  });
});
