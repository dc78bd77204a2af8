import { checkText, entryFor, type Finding, lockKey } from '@pindrift/pin';
import { type ImageReference, parseReference } from '@pindrift/reference';
import { countOf } from '../count-of.ts';
import { examine, findingsOf, imagesOf } from '../examine.ts';
import { openLock } from '../lock-path.ts';
import { openConfig } from '../open-config.ts';
import type { Call } from '../verb.ts';
import type { Check } from './check.ts';

export interface FolderReport {
  readonly checks: readonly Check[];
  /** Every image that is named here and not ignored, and every entry of the lock. */
  readonly references: readonly ImageReference[];
}

/** The configuration, the lock, and the images of a folder: what a render with them would meet. */
export async function checkFolder(call: Call): Promise<FolderReport> {
  try {
    return await readFolder(call);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const check: Check = { area: 'folder', name: 'folder', status: 'problem', found, notes: [] };
    return { checks: [check], references: [] };
  }
}

async function readFolder(call: Call): Promise<FolderReport> {
  const config = await openConfig(call);
  const { path, lock } = await openLock(call, config);
  const seen = await examine(call, { fields: config.fields, ignore: config.ignore }, checkText);
  const images = imagesOf(seen).filter(({ outcome }) => outcome !== 'ignored');
  const known = images.filter(({ confidence }) => confidence !== 'low');
  const references = known.flatMap(({ reference }) =>
    reference === undefined ? [] : [parseReference(reference)],
  );
  const bare = references.filter(({ digest }) => digest === undefined).map(lockKey);
  const missing = [...new Set(bare)].filter(
    (image) => !lock || entryFor(lock, image) === undefined,
  );
  const unreadable = findingsOf(seen).filter(({ code }) => code === 'unreadable');
  const locked = (lock?.images ?? []).map(({ image }) => parseReference(image));
  return {
    references: [...references, ...locked],
    checks: [
      configCheck(config.file),
      lockCheck(path, lock?.images.length, missing),
      imagesCheck(
        known.length,
        unreadable.map(({ message }) => message),
      ),
      ...guessCheck(findingsOf(seen)),
    ],
  };
}

function configCheck(file: string | undefined): Check {
  const found = file ?? 'none: all defaults';
  return { area: 'folder', name: 'pindrift.yaml', status: 'fine', found, notes: [] };
}

function lockCheck(path: string, entries: number | undefined, missing: readonly string[]): Check {
  const about = { area: 'folder', name: 'lock' } as const;
  const found =
    entries === undefined ? `there is no ${path}` : `${path}: ${countOf(entries, 'image')}`;
  if (missing.length === 0) return { ...about, status: 'fine', found, notes: [] };
  const shown = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ', …' : '');
  const notes = [
    `a locked render stops at ${countOf(missing.length, 'image')} here: ${shown}`,
    'pindrift lock',
  ];
  return { ...about, status: 'problem', found, notes };
}

function imagesCheck(count: number, unreadable: readonly string[]): Check {
  const found = countOf(count, 'image');
  const status = unreadable.length === 0 ? 'fine' : 'problem';
  return { area: 'folder', name: 'images', status, found, notes: unreadable };
}

/** What only looks like an image, in a kind that nobody has described, stops no render. */
function guessCheck(findings: readonly Finding[]): Check[] {
  const guesses = findings.filter(
    ({ code, severity }) => code === 'unpinned' && severity === 'warning',
  );
  if (guesses.length === 0) return [];
  const found = `${countOf(guesses.length, 'value')} in kinds that are not known`;
  const notes = [...new Set(guesses.map(({ help }) => help))];
  return [{ area: 'folder', name: 'guesses', status: 'note', found, notes }];
}
