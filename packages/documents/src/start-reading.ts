import { createPlans } from './field-plan.ts';
import type { ImageField } from './image-field.ts';
import type { Reading } from './reading.ts';

/** A reading of which nothing is read yet; the bytes are not copied. */
export function startReading(
  text: Uint8Array | string,
  fields: readonly ImageField[],
  tolerant: boolean,
): Reading {
  return { bytes: asBuffer(text), plans: createPlans(fields), tolerant, sites: [], bad: [] };
}

function asBuffer(text: Uint8Array | string): Buffer {
  if (typeof text === 'string') return Buffer.from(text);
  return Buffer.isBuffer(text) ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength);
}
