import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Asked, Ready } from './registry-process.ts';
import type { Scenario } from './scenario.ts';

/** A running registry as a scenario wants it. */
export interface Server extends Ready, AsyncDisposable {
  readonly https: boolean;
  /** Every tag that it holds, as references. */
  readonly names: readonly string[];
  /** What it was asked since the last time. */
  asked(): Promise<Asked>;
}

/** Starts the registry in a process of its own. */
export async function startServer(scenario: Scenario): Promise<Server> {
  const script = join(import.meta.dirname, 'registry-process.ts');
  const child = fork(script, [JSON.stringify(scenario)]);
  const ready = await answerOf<Ready>(child);
  const { images, repositories, https } = scenario;
  return {
    ...ready,
    https,
    names: Array.from(
      { length: images },
      (_, i) => `${ready.host}/team/app-${i % repositories}:1.0.${i}`,
    ),
    asked: () => {
      child.send('counters');
      return answerOf<Asked>(child);
    },
    [Symbol.asyncDispose]: async () => {
      child.send('close');
      await once(child, 'exit');
    },
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}
