import { isBuiltInGroup, neverHoldsImages } from './known-kinds.ts';

const KEY = 'apiVersion';

/** What stands between the key and its value: quotes of a key in JSON, the colon, spaces. */
const VALUE = /^["']?\s*:\s*["']?([\w./-]*)/;

/** No version of an API is longer than this, with all that may stand before it. */
const LONGEST = 128;

/** Groups of the lists that orchestrators send, beside those that are known. */
const LIST_GROUP = 'config.kubernetes.io';

/**
 * True where a text may hold a resource of a kind that Kubernetes itself does not serve. False is
 * certain: then the table of custom resources need not be loaded to read it.
 */
export function mayHoldCustomKinds(bytes: Buffer): boolean {
  // The key or the group may be written in escapes.
  if (bytes.includes('\\')) return true;
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + KEY.length)) {
    const behind = at + KEY.length;
    if (!isPlainlyBuiltIn(bytes.toString('latin1', behind, behind + LONGEST))) return true;
  }
  return false;
}

function isPlainlyBuiltIn(text: string): boolean {
  const version = VALUE.exec(text)?.[1];
  if (version === undefined || version === '') return false;
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  return isBuiltInGroup(group) || group === LIST_GROUP || neverHoldsImages(group, '');
}
