import { describe, expect, test } from 'vitest';
import { turningClock } from '../testing/turning-clock.ts';
import { createGate } from './gate.ts';

describe('a gate', () => {
  test('halves once per pause, however many answers say so, and never closes', () => {
    const clock = turningClock();
    const gate = createGate(16, clock);
    for (let n = 0; n < 16; n += 1) gate.pause(clock.now() + 1000);
    expect(gate.limit).toBe(8);
    for (const limit of [4, 2, 1, 1]) {
      clock.turn(1001);
      gate.pause(clock.now() + 1000);
      expect(gate.limit).toBe(limit);
    }
  });

  test('opens by one after twenty clean answers, up to where it began', () => {
    const gate = createGate(2, turningClock());
    gate.pause(Date.now() * 2);
    expect(gate.limit).toBe(1);
    for (let n = 0; n < 19; n += 1) gate.relax();
    expect(gate.limit).toBe(1);
    gate.relax();
    expect(gate.limit).toBe(2);
    for (let n = 0; n < 100; n += 1) gate.relax();
    expect(gate.limit).toBe(2);
  });

  test('lets no more in than its limit, and all in the end, failures included', async () => {
    const gate = createGate(3, turningClock());
    let [inside, most] = [0, 0];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        gate.run(async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          if (n % 7 === 0) throw new Error('no');
          return n;
        }, 1000),
      ),
    );
    expect(most).toBe(3);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(42);
  });
});
