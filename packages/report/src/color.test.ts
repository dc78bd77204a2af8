import { expect, test } from 'vitest';
import { wantsColor } from './index.ts';

test.each([
  [{}, true, undefined, true],
  [{}, false, undefined, false],
  [{ TERM: 'dumb' }, true, undefined, false],
  [{ NO_COLOR: '1' }, true, undefined, false],
  [{ NO_COLOR: '' }, true, undefined, true],
  [{ FORCE_COLOR: '' }, false, undefined, true],
  [{ FORCE_COLOR: '1' }, false, undefined, true],
  [{ FORCE_COLOR: 'true', NO_COLOR: '1' }, false, undefined, true],
  [{ FORCE_COLOR: '0' }, true, undefined, false],
  [{ FORCE_COLOR: '3' }, true, false, false],
])('with %j, terminal %s and --color %s, colour is %s', (env, isTTY, color, expected) => {
  expect(wantsColor({ env, isTTY, ...(color === undefined ? {} : { color }) })).toBe(expected);
});
