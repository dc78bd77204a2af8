import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { client } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { needsOf } from './docs/page.ts';
import { playedPages, ROOT, readPage } from './docs/pages.ts';
import { playPage } from './docs/play.ts';
import { startExampleRegistry } from './example-registry.ts';

/** Said where a page is out of date. */
const UPDATE = 'UPDATE_CASES=1 writes what is printed now; read the diff';

/** A page runs up to two dozen commands; milliseconds. */
const PATIENCE = 120_000;

test.each(playedPages().filter((page) => needsOf(readPage(page)).length > 0))(
  '%s: every command prints what stands there',
  { timeout: PATIENCE },
  async (page) => {
    await using world = await startExampleRegistry();
    const text = readPage(page);
    const programs = Object.fromEntries(needsOf(text).map((name) => [name, client(name)]));
    const now = await playPage(text, { world, programs });
    if (process.env.UPDATE_CASES === '1') writeFileSync(join(ROOT, page), now);
    else expect(now, UPDATE).toBe(text);
  },
);
