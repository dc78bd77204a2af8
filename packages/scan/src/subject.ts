import type { ImageOccurrence } from '@pindrift/documents';
import { type Finding, lockKey, type PinnedImage } from '@pindrift/pin';
import { formatReference, type ImageReference, parseReference } from '@pindrift/reference';

/** One image in one place, and what there is to ask about it. */
export interface Subject {
  readonly image: ImageOccurrence;
  /** Canonical name and tag; undefined where no tag stands, or none that is to be asked for. */
  readonly tag: string | undefined;
  /** The digest that it is pinned to. */
  readonly digest: string | undefined;
  /** Canonical name and digest. */
  readonly pin: string | undefined;
  /** Canonical name without tag and digest: `docker.io/library/nginx`. */
  readonly repository: string;
  /** Undefined where a registry is asked; else why not. */
  readonly left: 'ignored' | 'unclear' | undefined;
  /** True for an entry of a lock, where another command mends it. */
  readonly locked: boolean;
}

/** Values that are not what will run, so that what a registry says about them means nothing. */
const UNCLEAR: readonly Finding['code'][] = ['templated', 'numeric-tag', 'unreadable'];

/** The subjects of what was found in files, in their order. */
export function subjectsOf(
  images: readonly PinnedImage[],
  findings: readonly Finding[],
): readonly Subject[] {
  const parse = createParser();
  const unclear = new Set(
    findings.filter(({ code }) => UNCLEAR.includes(code)).map((finding) => placeOf(finding)),
  );
  return images.map((image) => {
    const reference = unclear.has(placeOf(image)) ? undefined : parse(image.text);
    const { outcome, digest: _digest, ...occurrence } = image;
    return subject(occurrence, reference, outcome === 'ignored');
  });
}

/** One image in one place; without a reference there is nothing to ask. */
export function subject(
  image: ImageOccurrence,
  reference: ImageReference | undefined,
  ignored: boolean,
): Subject {
  if (reference === undefined) {
    const nothing = { tag: undefined, digest: undefined, pin: undefined, repository: '' };
    return { image, ...nothing, left: ignored ? 'ignored' : 'unclear', locked: false };
  }
  const { domain, path, tag, digest, text } = reference;
  // What only looks like an image is not worth a question, unless a digest says that it is one.
  const guess = image.confidence === 'low' && digest === undefined;
  return {
    image,
    // A digest without a tag says nothing about `latest`.
    tag: digest !== undefined && tag === undefined ? undefined : lockKey(reference),
    digest,
    pin: digest && formatReference({ domain, path, digest, text }),
    repository: `${domain}/${path}`,
    left: ignored ? 'ignored' : guess ? 'unclear' : undefined,
    locked: false,
  };
}

/** Thousands of places share a few references. */
export function createParser(): (text: string) => ImageReference | undefined {
  const known = new Map<string, ImageReference | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, parse(text));
    return known.get(text);
  };
}

function parse(text: string): ImageReference | undefined {
  try {
    return parseReference(text);
  } catch {
    return undefined;
  }
}

function placeOf({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return `${line}:${column}:${file}`;
}
