import { expect, test } from 'vitest';
import { createLocate } from './locate.ts';

test('lines and columns count from one, characters and not bytes, in any order of asking', () => {
  const text = '\ufeffab\nüx\r\n\n€😀z';
  const bytes = Buffer.from(text);
  const locate = createLocate(bytes);
  const at = (piece: string): unknown => locate(bytes.indexOf(piece));
  expect(at('ab')).toEqual({ line: 1, column: 1 });
  expect(at('z')).toEqual({ line: 4, column: 3 });
  expect(at('x')).toEqual({ line: 2, column: 2 });
  expect(at('😀')).toEqual({ line: 4, column: 2 });
  expect(at('b')).toEqual({ line: 1, column: 2 });
});
