/**
 * Times whole processes. Commands of one table run in turn, round after round, so that a slow
 * spell of the machine falls on all of them; a figure is the median over the rounds.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Command {
  readonly name: string;
  readonly argv: readonly string[];
  /** File that stands on stdin; output goes through a pipe and is thrown away. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Figure {
  readonly name: string;
  /** Median wall time of the whole process, ms. */
  readonly ms: number;
  /** Largest resident set seen in `/proc`, MiB; undefined where there is no `/proc`. */
  readonly mib: number | undefined;
}

/** Median wall time (ms) and peak memory (MiB) of each command; throws when one exits with not 0. */
export async function measure(commands: readonly Command[], rounds: number): Promise<Figure[]> {
  const times = commands.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, command] of commands.entries()) {
      const { ms } = await run(command, false);
      if (round >= 0) {
        times[i]?.push(ms);
      }
    }
  }
  const figures: Figure[] = [];
  for (const [i, command] of commands.entries()) {
    const { mib } = await run(command, true);
    figures.push({ name: command.name, ms: median(times[i] ?? []), mib });
  }
  return figures;
}

/** Wall time of one function, ms: the median over the rounds, after one round of warm-up. */
export async function time(work: () => Promise<void>, rounds: number, warmUp = 1): Promise<number> {
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const begin = performance.now();
    await work();
    if (round >= 0) {
      times.push(performance.now() - begin);
    }
  }
  return median(times);
}

/** Runs one command to its end; throws what it said when it exits with not 0. */
export async function runToEnd(command: Command): Promise<void> {
  await run(command, false);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

interface Run {
  readonly ms: number;
  readonly mib: number | undefined;
}

function run(command: Command, withMemory: boolean): Promise<Run> {
  const [program = '', ...args] = command.argv;
  const stdin = command.input === undefined ? 'ignore' : openSync(command.input, 'r');
  const begin = performance.now();
  const child = spawn(program, args, {
    stdio: [stdin, 'pipe', 'pipe'],
    env: { ...process.env, ...command.env },
  });
  // A pipe that is drained is what kustomize, kpt and Helm put behind the programs they start.
  child.stdout?.resume();
  let stderr = '';
  let peak: number | undefined;
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // VmHWM is a high-water mark, so the last look before the process ends is enough.
  const watch = withMemory
    ? setInterval(() => (peak = highWater(child.pid) ?? peak), 2)
    : undefined;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const ms = performance.now() - begin;
      clearInterval(watch);
      if (typeof stdin === 'number') {
        closeSync(stdin);
      }
      if (code === 0) {
        resolve({ ms, mib: peak });
      } else {
        reject(new Error(`${command.name} exited with ${code}: ${stderr.slice(0, 2000)}`));
      }
    });
  });
}

function highWater(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}
