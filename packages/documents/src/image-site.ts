import type { FieldLeaf } from './field-tree.ts';
import type { Confidence } from './occurrence.ts';

/** Why a value that names an image is not simply its reference. */
export type SiteProblem =
  /** A template or a variable stands in it. */
  | 'templated'
  /** A tag that YAML reads as a number: `1.10` is 1.1. */
  | 'numeric-tag'
  /** YAML reads it as a number or a boolean, or a tag makes it something else than text. */
  | 'not-a-string'
  /** Anchored text that is also used where no image is named. */
  | 'shared-value'
  /** Nothing in the place can take a digest. */
  | 'unpinnable';

/** The resource that a value stands in. Texts are decoded when somebody asks; see `nameOf`. */
export interface Resource {
  /** Index of the document in the file, or of the item in a ResourceList. */
  document: number;
  apiVersion: string;
  kind: string;
  name: Text;
  namespace: Text;
  /** Value of the annotation `pindrift.dev/ignore`. */
  ignore: Text;
}

/** Text, or where it stands in the bytes: `{start, end}`. */
export type Text = string | { readonly start: number; readonly end: number };

/** One value that names an image, with the least that the hot path needs; see `describeSite`. */
export interface ImageSite {
  /** Byte offset of the first byte of the value in the file, quotes not included. */
  readonly start: number;
  /** Byte offset behind the last byte of the value, quotes not included: where a digest goes. */
  readonly end: number;
  /** The value as YAML reads it. */
  readonly text: string;
  readonly resource: Resource;
  readonly leaf: FieldLeaf;
  /** The path itself, or the indices that belong into the pattern of `leaf`. */
  readonly path: string | readonly number[];
  readonly confidence: Confidence;
  readonly problem: SiteProblem | undefined;
  /** The text behind `# pindrift:ignore` on the value's line. */
  readonly comment: string | undefined;
}
