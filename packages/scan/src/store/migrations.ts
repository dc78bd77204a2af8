/**
 * How the store came to look as it does, oldest first; `PRAGMA user_version` says how many of these
 * it has seen. A step is never changed once it was released. Times are milliseconds since the epoch.
 */
export const MIGRATIONS: readonly string[] = [
  // A row is a time during which a tag was seen to name one digest: a tag that goes from A to B and
  // back to A has three.
  `CREATE TABLE observation (
     id INTEGER PRIMARY KEY,
     tag TEXT NOT NULL,
     digest TEXT NOT NULL,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX observation_tag ON observation (tag, first_seen);
   CREATE INDEX observation_digest ON observation (digest);
   CREATE TABLE pin (
     tag TEXT NOT NULL,
     digest TEXT NOT NULL,
     first_seen INTEGER NOT NULL,
     last_seen INTEGER NOT NULL,
     PRIMARY KEY (tag, digest)
   ) STRICT, WITHOUT ROWID;`,
];
