import { describe, expect, test } from 'vitest';
import { rewrite } from './rewrite.ts';

describe('rewrite', () => {
  test('changes the ranges and nothing else, invalid UTF-8 included', () => {
    const bytes = Buffer.from([0xff, 0x61, 0x62, 0xfe, 0x63]);
    const edits = [
      { start: 1, end: 1, text: 'ü' },
      { start: 3, end: 4, text: '' },
      { start: 5, end: 5, text: '!' },
    ];
    expect([...rewrite(bytes, edits)]).toEqual([0xff, 0xc3, 0xbc, 0x61, 0x62, 0x63, 0x21]);
  });

  test('returns the input itself when there is nothing to change', () => {
    const bytes = Buffer.from('a');
    expect(rewrite(bytes, [])).toBe(bytes);
  });

  test.each([
    [
      'that overlap',
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    [
      'out of order',
      [
        { start: 2, end: 2, text: '' },
        { start: 1, end: 1, text: '' },
      ],
    ],
    ['behind the end', [{ start: 3, end: 4, text: '' }]],
    ['that end before they start', [{ start: 2, end: 1, text: '' }]],
    ['that are no numbers', [{ start: Number.NaN, end: 1, text: '' }]],
  ])('refuses edits %s', (_, edits) => {
    expect(() => rewrite(Buffer.from('abc'), edits)).toThrow(RangeError);
  });
});
