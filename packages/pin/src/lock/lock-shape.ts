import { isDigest, parseReference } from '@pindrift/reference';
import { lockKey } from '../canonical.ts';
import { fieldsShape } from '../config/field-rule.ts';
import { ignoresShape } from '../config/ignore-rule.ts';
import {
  isMapping,
  listOf,
  mapping,
  oneOf,
  type Shape,
  textMap,
  textThat,
  wrong,
} from '../shape/shape.ts';
import { isPlainEntry } from './plain-entry.ts';

/** The `apiVersion` of the lock and of `PinImages`. */
export const API_VERSION = 'pindrift.dev/v1alpha1';

/** The keys of `settings`. */
export const SETTINGS: Readonly<Record<string, Shape>> = {
  mode: oneOf('locked', 'resolve'),
  onMissing: oneOf('fail', 'keep'),
  untagged: oneOf('keep', 'latest'),
};

export const settingsShape: Shape = mapping(SETTINGS);

const metadataShape: Shape = mapping(
  { name: textThat(), namespace: textThat(), annotations: textMap, labels: textMap },
  ['name'],
);

const entryShape: Shape = mapping(
  {
    image: textThat(entryProblem),
    digest: textThat(digestProblem),
    mediaType: textThat(),
    platforms: listOf(textThat()),
  },
  ['image', 'digest'],
);

/** `kind: ImageLock`. */
export const lockShape: Shape = resource('ImageLock', {
  settings: settingsShape,
  ignore: ignoresShape,
  fields: fieldsShape,
  images: uniqueEntries(listOf(entryShape)),
});

/** `kind: PinImages`, a functionConfig that names a lock instead of being one. */
export const pinImagesShape: Shape = resource('PinImages', {
  lock: textThat(),
  settings: settingsShape,
  ignore: ignoresShape,
  fields: fieldsShape,
});

function resource(kind: string, spec: Readonly<Record<string, Shape>>): Shape {
  return mapping(
    {
      apiVersion: oneOf(API_VERSION),
      kind: oneOf(kind),
      metadata: metadataShape,
      spec: mapping(spec),
    },
    ['apiVersion', 'kind', 'spec'],
  );
}

function entryProblem(text: string): string | undefined {
  if (isPlainEntry(text)) return undefined;
  try {
    const reference = parseReference(text);
    if (reference.digest !== undefined) return 'must not hold a digest; that stands under digest';
    const key = lockKey(reference);
    return key === text ? undefined : `must be written as the canonical ${key}`;
  } catch (error) {
    return `is no image reference: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function digestProblem(text: string): string | undefined {
  return isDigest(text) ? undefined : 'is no digest; a digest is written sha256:<64 hex>';
}

function uniqueEntries(list: Shape): Shape {
  return (value, trail, found) => {
    list(value, trail, found);
    if (!Array.isArray(value)) return;
    const seen = new Map<unknown, number>();
    for (const [index, entry] of value.entries()) {
      if (!isMapping(entry) || typeof entry.image !== 'string') continue;
      const first = seen.get(entry.image);
      if (first === undefined) seen.set(entry.image, index);
      else {
        const step = { above: { above: trail, step: index }, step: 'image' };
        wrong(found, step, `${entry.image} has an entry already, spec.images[${first}]`);
      }
    }
  };
}
