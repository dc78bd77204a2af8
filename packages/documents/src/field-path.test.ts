import { expect, test } from 'vitest';
import { formatKey, parseFieldPath } from './field-path.ts';

const key = (name: string): unknown => ({ step: 'key', key: name });

test('a path is keys, lists and all values of a mapping', () => {
  expect(parseFieldPath(`spec.nodes[*].*['a.b/c']["d"][].image`)).toEqual([
    key('spec'),
    key('nodes'),
    { step: 'items' },
    { step: 'values' },
    key('a.b/c'),
    key('d'),
    { step: 'items' },
    key('image'),
  ]);
});

test.each(['spec..image', 'spec.', 'spec[0]', "spec['a", 'spec]', 'a b.[*'])(
  'the path %j is refused, and the message names it',
  (path) => {
    expect(() => parseFieldPath(path)).toThrow(RangeError);
    expect(() => parseFieldPath(path)).toThrow(JSON.stringify(path));
  },
);

test('a dot at the start says nothing, as in JSONPath', () => {
  expect(parseFieldPath('.spec.image')).toEqual(parseFieldPath('spec.image'));
});

test('a key with a dot is shown in brackets', () => {
  expect(formatKey('image')).toBe('.image');
  expect(formatKey('a.b/c')).toBe('["a.b/c"]');
});
