import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { image } from '@pindrift/testing';
import { silence } from '@pindrift/testing/faults';
import { expect, test } from 'vitest';
import { openStore, type ScanEvent } from './index.ts';
import { type Fleet, pod, START, startFleet } from './testing/fleet.ts';

const PROCESS = fileURLToPath(new URL('./testing/scan-process.ts', import.meta.url));
const [a, b] = [image({ layers: ['a'] }), image({ layers: ['b'] })];
const DAY = 24 * 60 * 60 * 1000;

test('a scan that is killed and run again reports what an undisturbed one does', async () => {
  await using fleet = await startFleet();
  const tags = Array.from({ length: 600 }, (_, at) => `${at}`);
  await fillFleet(fleet, tags);
  await fleet.night(0);
  for (const tag of tags.slice(0, 500)) fleet.registry.move('web', tag, b);
  const store = join(fleet.path, 'store.sqlite');
  await cp(store, join(fleet.path, 'before.sqlite'));

  let asked = 0;
  const counter = fleet.registry.fault({
    does: (_exchange, next) => {
      asked++;
      if (asked === 450) child.kill('SIGKILL');
      return next();
    },
  });
  const child = spawn(process.execPath, [PROCESS, fleet.path, `${START + DAY}`], {
    stdio: 'ignore',
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  counter.lift();
  // The first answers were kept: the kill came in the middle of the night.
  const kept = tagsSeen(store, fleet, tags, 2);
  expect(kept).toBeGreaterThan(200);
  expect(kept).toBeLessThan(500);

  const again = await fleet.night(1);
  const later = await fleet.night(5);
  await cp(join(fleet.path, 'before.sqlite'), store);
  expect(again).toEqual(await fleet.night(1));
  expect(later).toEqual(await fleet.night(5));
  expect(later.findings.filter(({ code }) => code === 'stale')).toHaveLength(500);
});

test('a scan that is told to stop keeps and reports what it knows, and says what is left', async () => {
  await using fleet = await startFleet();
  await fillFleet(fleet, ['1', '2', '3']);
  const controller = new AbortController();
  fleet.registry.fault({ match: { reference: /^[23]$/ }, does: silence() });
  const events: ScanEvent[] = [];
  const { said, summary } = await fleet.night(
    0,
    {},
    {
      signal: controller.signal,
      concurrency: 1,
      onEvent: (event) => {
        events.push(event);
        if (event.kind === 'asking' && event.done === 1) setImmediate(() => controller.abort());
      },
    },
  );
  expect(said).toEqual(['1.yaml:10 unresolvable', '1.yaml:12 unresolvable']);
  expect(summary).toMatchObject({
    left: { files: 0, questions: 2 },
    states: { current: 1, unknown: 2 },
  });
  expect(events.at(-1)).toEqual({ kind: 'stopped', files: 0, questions: 2 });
  expect(tagsSeen(join(fleet.path, 'store.sqlite'), fleet, ['1', '2', '3'], 1)).toBe(1);
});

test('a scan that is stopped while it reads says how many files it left', async () => {
  await using fleet = await startFleet();
  await fillFleet(fleet, ['1']);
  await fleet.write('2.yaml', '');
  const controller = new AbortController();
  const { summary, requests } = await fleet.night(
    0,
    {},
    {
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind === 'reading') controller.abort();
      },
    },
  );
  expect(summary).toMatchObject({ files: 1, left: { files: 1 } });
  expect(requests).toEqual([]);
});

async function fillFleet(fleet: Fleet, tags: readonly string[]): Promise<void> {
  const images = tags.map((tag) => {
    fleet.registry.push('web', tag, a);
    return `${fleet.registry.reference('web', tag)}@${a.digest}`;
  });
  await fleet.write('1.yaml', pod(...images));
}

/** How many tags were seen to name that many things, one after the other. */
function tagsSeen(file: string, fleet: Fleet, tags: readonly string[], times: number): number {
  const store = openStore(file);
  const names = tags.map((tag) => fleet.registry.reference('web', tag));
  const count = names.filter((name) => store.history(name).length === times).length;
  store.close();
  return count;
}
