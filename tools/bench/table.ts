/** What a bench prints: figures of one run, and the ratios that are to be reached. */
import { cpus, totalmem } from 'node:os';
import type { Figure } from './measure.ts';

export interface Goal {
  readonly name: string;
  readonly actual: number;
  readonly relation: 'at most' | 'at least';
  /** Undefined where the ratio is only of interest. */
  readonly goal: number | undefined;
  readonly reached: boolean;
}

export interface Table {
  readonly title: string;
  readonly figures: readonly (Figure | undefined)[];
  readonly goals: readonly Goal[];
}

/** `a / b` held against a goal; not a number (never reached) when a figure is missing. */
export function ratio(
  name: string,
  a: number | undefined,
  b: number | undefined,
  relation: Goal['relation'],
  goal: number | undefined,
): Goal {
  const actual = (a ?? Number.NaN) / (b ?? Number.NaN);
  if (goal === undefined) return { name, actual, relation, goal, reached: true };
  const reached = relation === 'at most' ? actual <= goal : actual >= goal;
  return { name, actual, relation, goal, reached };
}

/** The tables as Markdown, with the machine that they were taken on. */
export function markdown(tables: readonly Table[]): string {
  return [machine(), ...tables.map(section)].join('\n\n');
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Machine: ${cpus().length} x ${model}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}. Medians; compare ratios, not milliseconds.`;
}

function section(table: Table): string {
  const figures = table.figures
    .filter((figure) => figure !== undefined)
    .map(({ name, ms, mib }) => `| ${name} | ${ms.toFixed(0)} | ${mib?.toFixed(0) ?? ''} |`);
  const goals = table.goals.map(({ name, actual, relation, goal, reached }) =>
    goal === undefined
      ? `| ${name} | ${actual.toFixed(2)} | | |`
      : `| ${name} | ${actual.toFixed(2)} | ${relation} ${goal} | ${reached ? 'yes' : '**no**'} |`,
  );
  return [
    `### ${table.title}`,
    '',
    '| command | ms | peak MiB |',
    '|---|--:|--:|',
    ...figures,
    '',
    '| ratio | measured | goal | reached |',
    '|---|--:|--:|---|',
    ...goals,
  ].join('\n');
}
