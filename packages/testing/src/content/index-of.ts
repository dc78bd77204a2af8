import { type Content, type Descriptor, rawManifest } from './content.ts';
import type { DigestAlgorithm } from './digest.ts';
import { descriptorOf } from './image.ts';
import { MEDIA_TYPE } from './media-type.ts';

export interface IndexOptions {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly subject?: Content | Descriptor;
  readonly artifactType?: string;
  /** `docker` makes a manifest list. Default: `oci`. */
  readonly format?: 'oci' | 'docker';
  /** Default: `sha256`. */
  readonly algorithm?: DigestAlgorithm;
  /** More fields of the index. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * An index (or manifest list) of images, of other indexes, or of bare descriptors, which make it
 * sparse: it then names what is not in the registry.
 */
export function index(
  children: readonly (Content | Descriptor)[],
  options: IndexOptions = {},
): Content {
  const body = {
    schemaVersion: 2,
    mediaType: options.format === 'docker' ? MEDIA_TYPE.dockerList : MEDIA_TYPE.ociIndex,
    ...(options.artifactType === undefined ? {} : { artifactType: options.artifactType }),
    manifests: children.map(descriptorOf),
    ...(options.subject === undefined ? {} : { subject: descriptorOf(options.subject) }),
    ...(options.annotations === undefined ? {} : { annotations: options.annotations }),
    ...options.fields,
  };
  return rawManifest(JSON.stringify(body), body.mediaType, {
    ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm }),
    children: children.filter((child): child is Content => 'bytes' in child),
    ...(options.artifactType === undefined
      ? {}
      : { descriptor: { artifactType: options.artifactType } }),
  });
}
