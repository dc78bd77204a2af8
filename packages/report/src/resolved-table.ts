import type { ResolvedImage } from './resolved-image.ts';
import { formatTable, type Layout } from './table.ts';

/** One row per image with its whole digest, to be copied; `unknown` where the registry gave none. */
export function resolvedTable(images: readonly ResolvedImage[], layout: Layout = {}): string {
  const rows = images.map(({ text, platform, digest, mediaType = '' }) => [
    { text: platform === undefined ? text : `${text} (${platform})` },
    digest === undefined ? ({ text: 'unknown', style: 'red' } as const) : { text: digest },
    { text: mediaType },
  ]);
  return formatTable(['IMAGE', 'DIGEST', 'MEDIA TYPE'], rows, layout);
}
