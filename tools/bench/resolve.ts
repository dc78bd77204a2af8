/** The resolve bench: unique tags of one host, against the ideal, against crane, and counted. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { time } from './measure.ts';
import { craneSequence, headAll, resolveAll } from './resolve/clients.ts';
import type { Asked } from './resolve/registry-process.ts';
import { CONCURRENCY, idealOf, type Scenario, scenarios, titleOf } from './resolve/scenario.ts';
import { type Server, startServer } from './resolve/server.ts';
import { type Goal, ratio, type Table } from './table.ts';

interface Times {
  readonly ideal: number;
  readonly ours: number;
  readonly crane: number;
}

/** A table for each of http and https, without and with tokens, at 20, 0 and 100 ms. */
export async function* resolveTables(
  folder: string,
  rounds: number,
  isShort: boolean,
): AsyncGenerator<Table> {
  for (const scenario of scenarios(rounds, isShort)) {
    await using server = await startServer(scenario);
    const times = await timesOf(folder, server, scenario);
    await server.asked();
    await resolveAll(server);
    yield tableOf(scenario, times, await server.asked());
  }
}

async function timesOf(folder: string, server: Server, scenario: Scenario): Promise<Times> {
  const { rounds, sample, images, latency } = scenario;
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, server.authority);
  const sequence = (): Promise<void> => craneSequence(server, sample, authority);
  return {
    ideal: latency === 0 ? await time(() => headAll(server), rounds) : idealOf(scenario),
    ours: await time(() => resolveAll(server), rounds),
    // A process of its own for each image, so there is nothing to warm up.
    crane: (await time(sequence, Math.ceil(rounds / 3), 0)) * (images / sample),
  };
}

function tableOf(scenario: Scenario, { ideal, ours, crane }: Times, counted: Asked): Table {
  const floor =
    scenario.latency === 0
      ? "floor: Node's own client, HEADs only"
      : 'ideal: nothing but round trips take time';
  return {
    title: titleOf(scenario),
    figures: [
      { name: floor, ms: ideal, mib: undefined },
      { name: '@pindrift/registry, cold', ms: ours, mib: undefined },
      { name: `crane digest one by one (${scenario.sample} timed)`, ms: crane, mib: undefined },
    ],
    goals: [
      ratio(
        `ours : ${floor.split(':')[0]}`,
        ours,
        ideal,
        'at most',
        scenario.isMain ? 1.5 : undefined,
      ),
      ratio('crane : ours', crane, ours, 'at least', scenario.isMain ? 80 : undefined),
      ...counts(scenario, counted),
    ],
  };
}

function counts(scenario: Scenario, { requests, connections, tokens }: Asked): Goal[] {
  const { images, repositories } = scenario;
  return [
    ratio('connections', connections, 1, 'at most', CONCURRENCY),
    ratio('requests', requests, 1, 'at most', images + (scenario.tokens ? 1 : 0)),
    ...(scenario.tokens ? [ratio('tokens', tokens, 1, 'at most', repositories)] : []),
  ];
}
