/** How sure a finder is that the place names an image: `high` may be edited, `low` is only reported. */
export type Confidence = 'high' | 'medium' | 'low';

/** One place in one file where an image is named. */
export interface ImageOccurrence {
  /** File the text came from, as the caller named it; `-` for stdin. */
  readonly file: string;
  /** Zero-based index of the YAML document in the file (of the item, in a ResourceList). */
  readonly document: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Path inside the resource: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** 1-based line of the first byte of the value. */
  readonly line: number;
  /** 1-based column, counted in characters as an editor shows them. */
  readonly column: number;
  /** Byte offset of the first byte of the value in the file, quotes not included. */
  readonly start: number;
  /** Byte offset behind the last byte of the value, quotes not included. */
  readonly end: number;
  /** The value as YAML reads it. */
  readonly text: string;
  /** The canonical reference (`docker.io/library/nginx:1.27`), or undefined where `text` is no whole reference. */
  readonly reference: string | undefined;
  /** Which finder found it: `kubernetes`, `custom-resource`, `fields`, … */
  readonly finder: string;
  readonly confidence: Confidence;
}

/** A change to a text: the bytes from `start` to `end` are replaced by `text`. */
export interface Edit {
  /** Byte offset, inclusive. */
  readonly start: number;
  /** Byte offset, exclusive; equal to `start` for an insertion. */
  readonly end: number;
  readonly text: string;
}
