import { DatabaseSync } from 'node:sqlite';
import { reasonOf } from '../reason-of.ts';
import { ScanError } from '../scan-error.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Sighting, Store } from './store.ts';

/** How long another process may hold the file, in milliseconds. */
const PATIENCE = 30_000;

/** Marks the file as ours (`PRAGMA application_id`): "PDRF". */
const APPLICATION = 0x50445246;

/**
 * Opens the store in a file, and makes or brings it up to date; `:memory:` keeps it as long as it
 * is open. Every write is one transaction on disk, so a process that is killed leaves what was
 * written before, and two processes may write side by side.
 *
 * Throws `ScanError` for a file that is no store, that a newer version wrote, or that cannot be used.
 */
export function openStore(file: string): Store {
  const guarded = <Result>(work: () => Result): Result => guard(file, work);
  const database = guarded(() => new DatabaseSync(file, { timeout: PATIENCE }));
  try {
    guarded(() => migrate(database, file));
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    observe: (sightings, now) => guarded(() => observe(database, sightings, now)),
    observePins: (sightings, now) => guarded(() => observePins(database, sightings, now)),
    history: (tag) => guarded(() => history(database, tag)),
    pinnedSince: (tag, digest) => guarded(() => pinnedSince(database, { tag, digest })),
    prune: (before) => guarded(() => prune(database, before)),
    close: () => database.close(),
  };
}

function migrate(database: DatabaseSync, file: string): void {
  // A file that somebody else wrote cannot make functions run.
  database.exec('PRAGMA trusted_schema = OFF');
  transaction(database, () => {
    const version = pragma(database, 'user_version');
    const application = pragma(database, 'application_id');
    const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get();
    if (application !== APPLICATION && Number(tables?.count) > 0) {
      throw new ScanError(
        'bad-store',
        `${file}: it is a database of another program; name another file`,
      );
    }
    if (version > MIGRATIONS.length) {
      throw new ScanError(
        'newer-store',
        `${file}: a newer Pindrift wrote it; use that one, or another file`,
      );
    }
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(
      `PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${MIGRATIONS.length};`,
    );
  });
}

function observe(database: DatabaseSync, sightings: readonly Sighting[], now: number): void {
  const latest = database.prepare(
    'SELECT id, digest, last_seen FROM observation WHERE tag = ? ORDER BY id DESC LIMIT 1',
  );
  const extend = database.prepare(
    'UPDATE observation SET last_seen = max(last_seen, ?) WHERE id = ?',
  );
  const begin = database.prepare(
    'INSERT INTO observation (tag, digest, first_seen, last_seen) VALUES (?, ?, ?, ?)',
  );
  transaction(database, () => {
    for (const { tag, digest } of sightings) {
      const before = latest.get(tag);
      if (before?.digest === digest) extend.run(now, Number(before.id));
      // A scan that began earlier and ends later must not say that the tag moved back.
      else if (before === undefined || Number(before.last_seen) < now)
        begin.run(tag, digest, now, now);
    }
  });
}

function observePins(database: DatabaseSync, sightings: readonly Sighting[], now: number): void {
  const keep = database.prepare(
    `INSERT INTO pin (tag, digest, first_seen, last_seen) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)`,
  );
  transaction(database, () => {
    for (const { tag, digest } of sightings) keep.run(tag, digest, now, now);
  });
}

function history(database: DatabaseSync, tag: string): ReturnType<Store['history']> {
  const rows = database
    .prepare('SELECT digest, first_seen, last_seen FROM observation WHERE tag = ? ORDER BY id')
    .all(tag);
  return rows.map(({ digest, first_seen, last_seen }) => ({
    digest: String(digest),
    firstSeen: Number(first_seen),
    lastSeen: Number(last_seen),
  }));
}

function pinnedSince(database: DatabaseSync, { tag, digest }: Sighting): number | undefined {
  const row = database
    .prepare('SELECT first_seen FROM pin WHERE tag = ? AND digest = ?')
    .get(tag, digest);
  return row === undefined ? undefined : Number(row.first_seen);
}

function prune(database: DatabaseSync, before: number): number {
  return transaction(database, () => {
    const observations = database
      .prepare('DELETE FROM observation WHERE last_seen < ?')
      .run(before);
    const pins = database.prepare('DELETE FROM pin WHERE last_seen < ?').run(before);
    return Number(observations.changes) + Number(pins.changes);
  });
}

/** Takes the lock for writing at once, so that two processes wait for each other and never clash. */
function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, https://sqlite.org/rescode.html */
const NO_DATABASE: readonly unknown[] = [11, 26];

function guard<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScanError) throw error;
    const { errcode } = error as { readonly errcode?: unknown };
    const bad = NO_DATABASE.includes(errcode);
    throw new ScanError(
      bad ? 'bad-store' : 'cannot-store',
      bad
        ? `${file}: it is no store, or damaged (${reasonOf(error)}); move it away and a new one is made`
        : `${file}: the store cannot be used: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}
