import { type Content, type Descriptor, platformFields, rawManifest } from './content.ts';
import { type DigestAlgorithm, digestOf } from './digest.ts';
import { gzipStored, tarOf } from './layer.ts';
import { MEDIA_TYPE } from './media-type.ts';

export interface ImageOptions {
  /** `linux/arm/v7`, `windows/amd64:10.0.20348.2582`. Default: `linux/amd64`. */
  readonly platform?: string;
  /** Fields of the image configuration, over the made ones. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** A text becomes a tar.gz with one file that holds it; bytes are taken as they are. Default: `['pindrift']`. */
  readonly layers?: readonly (string | Uint8Array)[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** What this refers to, which makes it a referrer. */
  readonly subject?: Content | Descriptor;
  /** Makes it an artifact: an empty config, unless `config` is given. */
  readonly artifactType?: string;
  /** Default: `oci`. */
  readonly format?: 'oci' | 'docker';
  /** Of the manifest; blobs stay sha256. Default: `sha256`. */
  readonly algorithm?: DigestAlgorithm;
  /** More fields of the manifest. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

interface Blob {
  readonly bytes: Buffer;
  readonly descriptor: Descriptor;
  readonly diffId: string;
}

/** A single-platform image (or an artifact), the same bytes and digest for the same options. */
export function image(options: ImageOptions = {}): Content {
  const { platform = 'linux/amd64', layers = ['pindrift'], format = 'oci' } = options;
  const layerBlobs = layers.map((layer) => layerBlob(layer, format));
  const config = configBlob(options, layerBlobs);
  const manifest = {
    schemaVersion: 2,
    mediaType: format === 'oci' ? MEDIA_TYPE.ociManifest : MEDIA_TYPE.dockerManifest,
    ...(options.artifactType === undefined ? {} : { artifactType: options.artifactType }),
    config: config.descriptor,
    layers: layerBlobs.map((layer) => layer.descriptor),
    ...(options.subject === undefined ? {} : { subject: descriptorOf(options.subject) }),
    ...(options.annotations === undefined ? {} : { annotations: options.annotations }),
    ...options.fields,
  };
  return rawManifest(JSON.stringify(manifest), manifest.mediaType, {
    ...(options.algorithm === undefined ? {} : { algorithm: options.algorithm }),
    blobs: new Map([config, ...layerBlobs].map((blob) => [blob.descriptor.digest, blob.bytes])),
    descriptor: {
      ...(options.artifactType === undefined
        ? { platform: platformFields(platform) }
        : { artifactType: options.artifactType }),
    },
  });
}

/** The descriptor to write where this content is listed or referred to. */
export function descriptorOf(content: Content | Descriptor): Descriptor {
  return 'descriptor' in content ? content.descriptor : content;
}

function layerBlob(layer: string | Uint8Array, format: 'oci' | 'docker'): Blob {
  const tar = typeof layer === 'string' ? tarOf(layer) : Buffer.from(layer);
  const bytes = typeof layer === 'string' ? gzipStored(tar) : tar;
  const mediaType = format === 'oci' ? MEDIA_TYPE.ociLayer : MEDIA_TYPE.dockerLayer;
  return blob(bytes, mediaType, digestOf(tar));
}

function configBlob(options: ImageOptions, layers: readonly Blob[]): Blob {
  if (options.artifactType !== undefined && options.config === undefined) {
    return blob(Buffer.from('{}'), MEDIA_TYPE.empty);
  }
  const config = {
    ...platformFields(options.platform ?? 'linux/amd64'),
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    ...options.config,
  };
  const mediaType = options.format === 'docker' ? MEDIA_TYPE.dockerConfig : MEDIA_TYPE.ociConfig;
  return blob(Buffer.from(JSON.stringify(config)), mediaType);
}

function blob(bytes: Buffer, mediaType: string, diffId = ''): Blob {
  return { bytes, diffId, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } };
}
