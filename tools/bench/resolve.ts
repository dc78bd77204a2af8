/** The resolve bench: unique tags at 20 ms a round trip, against the ideal and against crane. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseReference } from '@pindrift/reference';
import { createRegistry } from '@pindrift/registry';
import { requireClient } from '../clients.ts';
import { measure, time } from './measure.ts';
import type { Ready } from './registry-process.ts';
import { ratio, type Table } from './table.ts';

const IMAGES = 1_000;
const LATENCY = 20;
const CONCURRENCY = 64;
/** `crane digest` is timed on this many and multiplied: the sequence of all would take a minute. */
const SAMPLE = 50;

interface Counters {
  readonly requests: number;
  readonly connections: number;
}

export async function resolveTable(_folder: string, rounds: number): Promise<Table> {
  const server = fork(join(import.meta.dirname, 'registry-process.ts'), [
    `${IMAGES}`,
    `${LATENCY}`,
  ]);
  try {
    const [{ host }] = (await once(server, 'message')) as [Ready];
    const names = Array.from({ length: IMAGES }, (_, i) => `${host}/team/app-${i % 50}:1.0.${i}`);
    const ours = await time(() => resolveAll(host, names), rounds);
    await counters(server);
    await resolveAll(host, names);
    const counted = await counters(server);
    const crane = await craneSequence(names.slice(0, SAMPLE), rounds);
    return table(ours, crane * (IMAGES / SAMPLE), counted);
  } finally {
    server.send('close');
    await once(server, 'exit');
  }
}

async function resolveAll(host: string, names: readonly string[]): Promise<void> {
  const registry = createRegistry({
    concurrency: CONCURRENCY,
    environment: {},
    home: '/nowhere',
    hosts: { [host]: { plainHttp: true } },
  });
  await Promise.all(names.map((name) => registry.resolve(parseReference(name))));
  await registry.close();
}

async function craneSequence(names: readonly string[], rounds: number): Promise<number> {
  const loop = 'crane=$1; shift; for name; do "$crane" digest --insecure "$name" || exit; done';
  const argv = ['sh', '-c', loop, 'sh', requireClient('crane'), ...names];
  const [figure] = await measure([{ name: 'crane digest', argv }], Math.ceil(rounds / 3));
  return figure?.ms ?? Number.NaN;
}

async function counters(server: ChildProcess): Promise<Counters> {
  server.send('counters');
  const [answer] = (await once(server, 'message')) as [Counters];
  return answer;
}

function table(ours: number, crane: number, { requests, connections }: Counters): Table {
  const ideal = (IMAGES / CONCURRENCY) * LATENCY;
  return {
    title: `Resolve ${IMAGES} unique tags, ${LATENCY} ms a round trip, ${CONCURRENCY} at a time`,
    figures: [
      { name: 'ideal: N / concurrency x round trip', ms: ideal, mib: undefined },
      { name: '@pindrift/registry, cold', ms: ours, mib: undefined },
      { name: `crane digest one by one (${SAMPLE} timed)`, ms: crane, mib: undefined },
    ],
    goals: [
      ratio('ours : ideal', ours, ideal, 'at most', 1.5),
      ratio('crane : ours', crane, ours, 'at least', 80),
      ratio('connections', connections, 1, 'at most', CONCURRENCY),
      ratio('requests', requests, 1, 'at most', IMAGES),
    ],
  };
}
