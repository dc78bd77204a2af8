import { asText, type JsonObject } from '../json.ts';
import type { Platform } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import type { Descriptor } from './descriptor.ts';
import type { ManifestOrigin } from './parse-manifest.ts';

/** An index entry and the platform it is for. */
export interface PlatformEntry {
  readonly platform: Platform;
  readonly descriptor: Descriptor;
}

/** The entries of an index that are images for a platform; attestations are none. */
export function platformEntries(manifests: readonly Descriptor[]): PlatformEntry[] {
  const entries: PlatformEntry[] = [];
  for (const descriptor of manifests) {
    const platform = platformText(descriptor.platform);
    const isAttestation =
      descriptor.annotations['vnd.docker.reference.type'] === 'attestation-manifest';
    if (platform !== undefined && !isAttestation) entries.push({ platform, descriptor });
  }
  return entries;
}

/** `os/architecture[/variant][:os.version]` of an image-spec platform or configuration object. */
export function platformText(value: JsonObject | undefined): Platform | undefined {
  const os = asText(value?.os);
  const architecture = asText(value?.architecture);
  if (os === undefined || architecture === undefined || os === 'unknown') return undefined;
  const variant = asText(value?.variant);
  const version = asText(value?.['os.version']);
  return [os, architecture, variant].filter(Boolean).join('/') + (version ? `:${version}` : '');
}

/**
 * The entry for a wanted platform: an exact match first, then the first that agrees in all that
 * was written. `arm64` is `arm64/v8`; what the wish leaves out may be anything. Throws
 * `PLATFORM_NOT_FOUND` with what there is.
 */
export function selectPlatform(
  entries: readonly PlatformEntry[],
  wanted: Platform,
  origin: ManifestOrigin,
): PlatformEntry {
  const wish = parsePlatform(wanted);
  const found =
    entries.find(({ platform }) => platform === wanted) ??
    entries.find(({ platform }) => agrees(wish, parsePlatform(platform)));
  if (found !== undefined) return found;
  const have = entries.map(({ platform }) => platform).join(', ');
  throw new RegistryError('PLATFORM_NOT_FOUND', {
    ...origin,
    reason: `there is no image for ${wanted}`,
    hint: have === '' ? 'it is for no platform at all' : `it is there for ${have}`,
  });
}

interface Parts {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
  readonly version: string;
}

function parsePlatform(text: Platform): Parts {
  const colon = text.indexOf(':');
  const [os = '', architecture = '', variant = ''] = (
    colon < 0 ? text : text.slice(0, colon)
  ).split('/');
  return { os, architecture, variant, version: colon < 0 ? '' : text.slice(colon + 1) };
}

function agrees(wish: Parts, offer: Parts): boolean {
  if (wish.os !== offer.os || wish.architecture !== offer.architecture) return false;
  const variant = (parts: Parts): string =>
    parts.variant === '' && parts.architecture === 'arm64' ? 'v8' : parts.variant;
  if (wish.variant !== '' && variant(wish) !== variant(offer)) return false;
  return (
    wish.version === '' ||
    offer.version === wish.version ||
    offer.version.startsWith(`${wish.version}.`)
  );
}

/** The platforms that the entries are for, each once. */
export function platformsOf(entries: readonly PlatformEntry[]): readonly Platform[] {
  return [...new Set(entries.map(({ platform }) => platform))];
}
