import { foreignEncoding } from './encoding.ts';
import { createPlans } from './field-plan.ts';
import type { ImageField } from './image-field.ts';
import type { Part, Reading } from './reading.ts';
import { splitStream } from './split-stream.ts';

export interface ReadingOptions {
  /** The table of custom resources; undefined where it is not known yet whether it is needed. */
  readonly custom: readonly ImageField[] | undefined;
  /** Image fields of the user. */
  readonly fields: readonly ImageField[];
  readonly tolerant: boolean;
}

/** A reading of which nothing is read yet. */
export function startReading(bytes: Buffer, options: ReadingOptions): Reading {
  const { custom, fields, tolerant } = options;
  return { bytes, plans: createPlans(custom, fields), tolerant, sites: [], bad: [] };
}

/** The documents of a reading; none where the bytes are no UTF-8, which is noted as a bad part. */
export function startDocuments({ bytes, bad }: Reading): readonly Part[] {
  const foreign = foreignEncoding(bytes);
  if (foreign === undefined) return splitStream(bytes);
  bad.push(foreign);
  return [];
}

/** The bytes of a text; not copied where they are bytes already. */
export function asBuffer(text: Uint8Array | string): Buffer {
  if (typeof text === 'string') return Buffer.from(text);
  return Buffer.isBuffer(text) ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength);
}
