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
import { resolveTable } from './resolve.ts';
import type { Table } from './table.ts';
import { markdown } from './table.ts';

const TABLES = {
  start: startTable,
  stream: streamTable,
  list: listTable,
  resolve: resolveTable,
} as const satisfies Record<string, (folder: string, rounds: number) => Promise<Table>>;

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
    const table = TABLES[name as keyof typeof TABLES];
    if (table === undefined) {
      throw new Error(`no table '${name}': one of ${Object.keys(TABLES).join(', ')}`);
    }
    tables.push(await table(folder, values.short ? 3 : 9));
    console.log(`${markdown(tables.slice(-1))}\n`);
  }
  if (values.write) {
    writePage(markdown(tables));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writePage(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '\n';
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}
