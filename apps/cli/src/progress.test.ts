import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';

function terminal(isTTY: boolean, signal: AbortSignal = new AbortController().signal) {
  const calls = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true };
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80 }, calls);
  return { stderr, io: { stderr, signal } as unknown as Io };
}

test('a terminal is shown how far the work is, and gets its line back', async () => {
  const { io, stderr } = terminal(true);
  const progress = startProgress('asking', 2, io, {});
  progress.step();
  progress.step();
  progress.stop();
  stderr.end();
  const shown = await text(stderr);
  expect(shown).toContain('asking');
  expect(shown).toContain('2/2');
  expect(shown, 'line wrapping is left alone').not.toContain('\u001b[?7l');
});

test('a log, a quiet run and work that is none are shown nothing', async () => {
  for (const [isTTY, total, quiet] of [
    [false, 5, false],
    [true, 5, true],
    [true, 0, false],
  ] as const) {
    const { io, stderr } = terminal(isTTY);
    const progress = startProgress('asking', total, io, { quiet });
    progress.step();
    progress.stop();
    stderr.end();
    expect(await text(stderr)).toBe('');
  }
});

test('a stop takes the bar away', async () => {
  const controller = new AbortController();
  const { io } = terminal(true, controller.signal);
  const progress = startProgress('asking', 2, io, {});
  controller.abort();
  expect(() => progress.stop()).not.toThrow();
});
