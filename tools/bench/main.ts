/**
 * `npm run bench`: ratios in one run against the floor and a peer.
 *
 * `--short` does fewer rounds (for a landing run), `--only start,stream,list,resolve` some of the
 * tables, `--write` puts the result into docs/performance.md. A goal that is missed is printed,
 * never an error: wall time is not a test. A program that is missing is an error.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listTable, startTable, streamTable } from './render.ts';
import { resolveTables } from './resolve.ts';
import type { Table } from './table.ts';
import { markdown } from './table.ts';

type Bench = (folder: string, rounds: number, isShort: boolean) => AsyncGenerator<Table>;

const TABLES = {
  start: one(startTable),
  stream: one(streamTable),
  list: one(listTable),
  resolve: resolveTables,
} as const satisfies Record<string, Bench>;

const PAGE = resolve(import.meta.dirname, '../../docs/performance.md');
const BEGIN = '<!-- npm run bench -- --write: begin -->';
const END = '<!-- end -->';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(TABLES).join(',') },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'pindrift-bench-'));
try {
  const tables: Table[] = [];
  for (const name of values.only.split(',')) {
    const bench: Bench | undefined = TABLES[name as keyof typeof TABLES];
    if (bench === undefined) {
      throw new Error(`no table '${name}': one of ${Object.keys(TABLES).join(', ')}`);
    }
    for await (const table of bench(folder, values.short ? 3 : 9, values.short)) {
      tables.push(table);
      console.log(`${markdown([table])}\n`);
    }
  }
  if (values.write) {
    writePage(markdown(tables));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function one(table: (folder: string, rounds: number) => Promise<Table>): Bench {
  return async function* (folder, rounds) {
    yield await table(folder, rounds);
  };
}

function writePage(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '\n';
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
