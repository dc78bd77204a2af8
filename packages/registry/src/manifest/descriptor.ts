import { asObject, asText, type JsonObject, objectsIn } from '../json.ts';
import { isVerifiableDigest } from './digest.ts';

/** What one manifest says about another, or about a blob (image-spec `descriptor.md`). */
export interface Descriptor {
  readonly mediaType: string;
  /** Verifiable: a descriptor with any other digest is left out. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly platform: JsonObject | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** The tag by which it was found, when it refers to nothing by itself. */
  readonly tag?: string;
}

/** The descriptors in a value that should be an array of them. */
export function descriptorsIn(value: unknown): Descriptor[] {
  return objectsIn(value)
    .map(descriptorOf)
    .filter((item) => item !== undefined);
}

/** The descriptor in a JSON object; undefined when its digest or size cannot be. */
export function descriptorOf(value: JsonObject | undefined): Descriptor | undefined {
  const { digest, size } = value ?? {};
  if (value === undefined || !isVerifiableDigest(digest)) return undefined;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined;
  return {
    mediaType: (asText(value.mediaType) ?? '').toLowerCase(),
    digest,
    size,
    platform: asObject(value.platform),
    artifactType: asText(value.artifactType),
    annotations: annotationsOf(value.annotations),
  };
}

/** The annotations that are text. */
export function annotationsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
