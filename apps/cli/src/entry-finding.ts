import { readFile } from 'node:fs/promises';
import {
  type EntryPlace,
  entryOccurrence,
  entryPlaces,
  type Finding,
  findingOf,
  type Remark,
} from '@pindrift/pin';
import type { Input } from './inputs.ts';

/** A lock file as it is now, for findings that point into it. */
export interface LockText extends Input {
  readonly places: ReadonlyMap<string, EntryPlace>;
}

/**
 * Reads where the entries of a lock stand. No finding is lost for it: where the file has gone or was
 * broken meanwhile, there are no places, and findings point at its beginning.
 */
export async function readLockText(file: string): Promise<LockText> {
  try {
    const bytes = await readFile(file);
    return { file, bytes, places: await entryPlaces(bytes.toString(), file) };
  } catch {
    return { file, bytes: new Uint8Array(), places: new Map() };
  }
}

/** A finding about the entry for a canonical name and tag, at the line and column where that stands. */
export function entryFinding(image: string, { file, places }: LockText, remark: Remark): Finding {
  return findingOf(entryOccurrence({ file }, image, places.get(image)), remark);
}
