/** A time during which a tag was seen to name one digest; milliseconds since the epoch. */
export interface Observation {
  readonly digest: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** A tag and a digest seen together, under their canonical name. */
export interface Sighting {
  readonly tag: string;
  readonly digest: string;
}

/** What earlier scans saw. Every method may throw `ScanError`. */
export interface Store {
  /** Keeps what tags name now; `now` is when this scan began. All of it, or nothing. */
  observe(sightings: readonly Sighting[], now: number): void;
  /** Keeps which digests are pinned with which tag. */
  observePins(sightings: readonly Sighting[], now: number): void;
  /** What a tag was seen to name, oldest first. */
  history(tag: string): readonly Observation[];
  /** Since when a digest was seen to be pinned with a tag. */
  pinnedSince(tag: string, digest: string): number | undefined;
  /** Forgets what was last seen before a time; says how many rows that were. */
  prune(before: number): number;
  close(): void;
}
