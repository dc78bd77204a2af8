import { type DigestAlgorithm, digestOf } from './digest.ts';

/** An OCI content descriptor (image-spec v1.1 descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: PlatformFields;
}

export interface PlatformFields {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
}

/** A manifest or an index, with all that must be pushed before it. */
export interface Content {
  readonly mediaType: string;
  readonly digest: string;
  /** The bytes whose hash is `digest`. */
  readonly bytes: Buffer;
  readonly descriptor: Descriptor;
  /** Config and layers: digest to bytes. */
  readonly blobs: ReadonlyMap<string, Buffer>;
  /** What an index lists, as far as it is here; a sparse index lists more. */
  readonly children: readonly Content[];
  /** Digest of the manifest that this one refers to. */
  readonly subject: string | undefined;
}

export interface RawContentOptions {
  readonly algorithm?: DigestAlgorithm;
  readonly blobs?: ReadonlyMap<string, Buffer>;
  readonly children?: readonly Content[];
  readonly descriptor?: Partial<Descriptor>;
}

/**
 * A manifest of exactly these bytes, whatever they are: for broken JSON, schema 1, a body that is
 * an index and an image at once, fields of tomorrow.
 */
export function rawManifest(
  text: string | Uint8Array,
  mediaType: string,
  { algorithm = 'sha256', blobs = new Map(), children = [], descriptor }: RawContentOptions = {},
): Content {
  const bytes = Buffer.from(text as string);
  const digest = digestOf(bytes, algorithm);
  return {
    mediaType,
    digest,
    bytes,
    descriptor: { mediaType, digest, size: bytes.length, ...descriptor },
    blobs,
    children,
    subject: subjectOf(bytes),
  };
}

/** The digest under `subject`, or undefined when there is none or the bytes are not JSON. */
export function subjectOf(bytes: Uint8Array): string | undefined {
  try {
    const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      subject?: { digest?: string };
    } | null;
    return manifest?.subject?.digest;
  } catch {
    return undefined;
  }
}

/** `linux/arm/v7` or `windows/amd64:10.0.20348.2582` as the fields of a descriptor. */
export function platformFields(platform: string): PlatformFields {
  const [path = '', version] = platform.split(':');
  const [os = 'linux', architecture = 'amd64', variant] = path.split('/');
  return {
    architecture,
    os,
    ...(version === undefined ? {} : { 'os.version': version }),
    ...(variant === undefined ? {} : { variant }),
  };
}
