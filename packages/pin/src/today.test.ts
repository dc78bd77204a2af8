import { expect, test } from 'vitest';
import { today } from './today.ts';

test('the date is the one of UTC, whole', () => {
  const [before, date, after] = [new Date(), today(), new Date()];
  expect([before, after].map((time) => time.toISOString().slice(0, 10))).toContain(date);
});
