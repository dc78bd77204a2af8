import { relative, resolve } from 'node:path';
import { formatReference, type ImageReference } from '@pindrift/reference';
import type { OpenLayout, Registry } from '@pindrift/registry';
import { readReference } from './read-reference.ts';

const PREFIX = 'oci:';

/** True for `oci:DIR`, `oci:DIR:NAME` and `oci:DIR@DIGEST`: an image layout on disk. */
export function isLayout(argument: string): boolean {
  return argument.startsWith(PREFIX);
}

/** The argument as a reference: an image of a registry, or of a layout on disk. */
export async function readImage(argument: string): Promise<ImageReference> {
  if (!isLayout(argument)) return readReference(argument);
  const { openLayout } = await import('@pindrift/registry');
  return openLayout(argument).reference;
}

/** The canonical name; an image of a layout has none but what was typed. */
export function nameOf(reference: ImageReference): string {
  return isLayout(reference.text) ? reference.text : formatReference(reference);
}

/** A registry that reads images of layouts from disk; their folders are relative to `cwd`. */
export async function withLayouts(registry: Registry, cwd: string): Promise<Registry> {
  const { openLayout } = await import('@pindrift/registry');
  const known = new Map<string, OpenLayout>();
  const open = (text: string): OpenLayout => {
    // A path from here, since what stands above this folder may have characters that divide.
    const path = relative(process.cwd(), resolve(cwd, text.slice(PREFIX.length)));
    const layout = known.get(text) ?? openLayout(`${PREFIX}${path || '.'}`);
    known.set(text, layout);
    return layout;
  };
  const to = ({ text }: ImageReference): Registry =>
    isLayout(text) ? open(text).registry : registry;
  return {
    ...registry,
    resolve: (reference, options) => to(reference).resolve(reference, options),
    manifest: (reference, options) => to(reference).manifest(reference, options),
    config: (reference, options) => to(reference).config(reference, options),
    platforms: (reference) => to(reference).platforms(reference),
    tags: (reference) => to(reference).tags(reference),
    referrers: (reference, options) => to(reference).referrers(reference, options),
  };
}
