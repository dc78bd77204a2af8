import type { BadPart } from './bad-document.ts';
import type { FieldPlans, Identity } from './field-plan.ts';
import type { ImageSite } from './image-site.ts';

/** One text on its way to its images; both readers put what they find here. */
export interface Reading {
  readonly bytes: Buffer;
  readonly plans: FieldPlans;
  /** Text that is no YAML is read once more with its templates taken out. */
  readonly tolerant: boolean;
  /** In no order until all parts are read. */
  readonly sites: ImageSite[];
  readonly bad: BadPart[];
}

/** A stretch of the bytes that is read in one go: a document, or one item of a list. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Index of the document in the stream. */
  readonly document: number;
}

/** One item of a block sequence, cut out of its document; it begins at the start of a line. */
export interface ItemPart extends Part {
  /** Index of the item, when the list is a ResourceList. */
  readonly index: number | undefined;
  /** What the item is, where it does not say so itself. */
  readonly identity: Identity | undefined;
}
