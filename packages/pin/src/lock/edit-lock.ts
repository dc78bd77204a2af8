import { PinError } from '../pin-error.ts';
import { readYaml } from '../shape/yaml-source.ts';
import { byImage, type Lock } from './lock.ts';
import { readLock } from './read-lock.ts';
import { replaceList, reviseList } from './rewrite-list.ts';
import { spliceEntries } from './splice-entries.ts';

/**
 * The text of a lock file with the entries of `lock`: values that differ are replaced where they
 * stand, entries that are gone leave with the comments directly above them, new ones come in their
 * place where the list is sorted and at its end where it is not. All else stays as it is.
 *
 * Whichever way it was edited, the result is read back and must be `lock`.
 */
export async function editLock(text: string, lock: Lock, file: string): Promise<string> {
  const source = readYaml(text, file, 'bad-lock');
  const spliced = spliceEntries(text, source, lock.images);
  if (spliced !== undefined && (await holds(spliced, lock, file))) return spliced;
  for (const rewrite of [reviseList, replaceList]) {
    const rewritten = withLineBreaksOf(text, rewrite(source, lock.images));
    if (rewritten !== undefined && (await holds(rewritten, lock, file))) return rewritten;
  }
  throw new PinError(
    'cannot-write',
    `${file}: its list of images is written in a way that cannot be edited; write spec.images as a list with one entry per item`,
  );
}

/** The YAML library writes line feeds only. */
function withLineBreaksOf(text: string, rewritten: string | undefined): string | undefined {
  return text.includes('\r\n') ? rewritten?.replace(/\r?\n/g, '\r\n') : rewritten;
}

async function holds(text: string, lock: Lock, file: string): Promise<boolean> {
  try {
    const read = await readLock(text, { file });
    return comparable(read) === comparable(lock);
  } catch {
    return false;
  }
}

/** The entries with their keys in one order, whatever the order in the file. */
function comparable({ images }: Lock): string {
  return JSON.stringify(
    images
      .toSorted(byImage)
      .map(({ image, digest, mediaType, platforms }) => [image, digest, mediaType, platforms]),
  );
}
