import { asObject, asText, type JsonObject, parseJsonObject } from '../json.ts';
import { RegistryError, type RegistryErrorCode, type Step } from '../registry-error.ts';
import { annotationsOf, type Descriptor, descriptorOf, descriptorsIn } from './descriptor.ts';
import {
  dockerList,
  dockerManifest,
  essence,
  isIndexType,
  isManifestType,
  isSchema1Type,
  ociArtifact,
  ociIndex,
  ociManifest,
} from './media-types.ts';

export interface ParsedManifest {
  readonly mediaType: string;
  /** Entries of an index; empty for anything else. */
  readonly manifests: readonly Descriptor[];
  readonly config: Descriptor | undefined;
  readonly layers: readonly Descriptor[];
  readonly subject: Descriptor | undefined;
  readonly artifactType: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** False when it names something by a digest or size that cannot be, which was left out here. */
  readonly isWhole: boolean;
}

/** Where a manifest came from, for errors. */
export interface ManifestOrigin {
  readonly host: string;
  readonly step: Step;
}

/**
 * Reads a manifest. `UNSUPPORTED_SCHEMA1` for Docker's old format; `UNSUPPORTED_MEDIA` when the
 * header and the body name different types, or when one body could be read as an index and as an
 * image (CVE-2021-41190); `PROTOCOL` when it is no manifest.
 */
export function parseManifest(
  bytes: Uint8Array,
  contentType: string | undefined,
  origin: ManifestOrigin,
): ParsedManifest {
  const body = parseJsonObject(bytes);
  if (body === undefined) throw unreadable('PROTOCOL', 'the answer is not a manifest', origin);
  const mediaType = mediaTypeOf(body, essence(contentType), origin);
  const manifests = isIndexType(mediaType) ? descriptorsIn(body.manifests) : [];
  const config = descriptorOf(asObject(body.config));
  const layers = descriptorsIn(body.layers ?? body.blobs);
  const named = [body.manifests, body.layers ?? body.blobs].flatMap((list) => list ?? []);
  const isWhole =
    named.length === manifests.length + layers.length &&
    (config === undefined) === (body.config === undefined);
  return {
    mediaType,
    manifests,
    config,
    layers,
    isWhole,
    subject: descriptorOf(asObject(body.subject)),
    artifactType: asText(body.artifactType),
    annotations: annotationsOf(body.annotations),
  };
}

function mediaTypeOf(body: JsonObject, header: string, origin: ManifestOrigin): string {
  const inBody = (asText(body.mediaType) ?? '').toLowerCase();
  if (isSchema1Type(header) || isSchema1Type(inBody) || body.schemaVersion === 1) {
    throw unreadable(
      'UNSUPPORTED_SCHEMA1',
      "it is in Docker's manifest format version 2 schema 1, which has no stable digest",
      origin,
      'pull and push it again with a current client to convert it',
    );
  }
  if ('manifests' in body && ('layers' in body || 'config' in body)) {
    throw unreadable('UNSUPPORTED_MEDIA', 'it could be an index as well as an image', origin);
  }
  if (isManifestType(header) && inBody !== '' && inBody !== header) {
    throw unreadable(
      'UNSUPPORTED_MEDIA',
      `it is sent as ${header} and says it is ${inBody}`,
      origin,
    );
  }
  const mediaType = [inBody, header, guess(body)].find(isManifestType);
  if (mediaType !== undefined && fits(mediaType, body)) return mediaType;
  throw unreadable('UNSUPPORTED_MEDIA', `it is ${inBody || header || 'of no type'}`, origin);
}

function guess(body: JsonObject): string {
  if (Array.isArray(body.manifests)) return ociIndex;
  if (asObject(body.config)?.mediaType === 'application/vnd.docker.container.image.v1+json') {
    return dockerManifest;
  }
  return Array.isArray(body.layers) ? ociManifest : '';
}

function fits(mediaType: string, body: JsonObject): boolean {
  if (mediaType === ociIndex || mediaType === dockerList) return !('layers' in body);
  return mediaType === ociArtifact || !('manifests' in body);
}

function unreadable(
  code: RegistryErrorCode,
  reason: string,
  { host, step }: ManifestOrigin,
  hint?: string,
): RegistryError {
  return new RegistryError(code, { host, step, reason, hint });
}
