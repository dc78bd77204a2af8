import type { ImageSite, Text } from './image-site.ts';
import { canonicalReference, fillDefaults } from './image-value.ts';
import type { Locate } from './locate.ts';
import type { ImageOccurrence } from './occurrence.ts';

/** Everything there is to say about a site. */
export function describeSite(
  site: ImageSite,
  bytes: Buffer,
  file: string,
  locate: Locate,
): ImageOccurrence {
  const { start, end, text, resource, leaf, confidence } = site;
  return {
    file,
    document: resource.document,
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    namespace: textOf(bytes, resource.namespace),
    name: textOf(bytes, resource.name),
    path: pathOf(site),
    ...locate(start),
    start,
    end,
    text,
    reference: referenceOf(site),
    finder: leaf.finder,
    confidence: site.problem === undefined ? confidence : 'low',
  };
}

/** Text of a resource that may still be bytes. */
export function textOf(bytes: Buffer, text: Text): string {
  return typeof text === 'string' ? text : bytes.toString('utf8', text.start, text.end);
}

function pathOf({ path, leaf }: ImageSite): string {
  if (typeof path === 'string') return path;
  let next = 0;
  return (leaf.pattern ?? '').replaceAll('[*]', () => `[${path[next++]}]`);
}

function referenceOf({ text, problem }: ImageSite): string | undefined {
  if (problem === undefined) return canonicalReference(text);
  const filled = problem === 'templated' ? fillDefaults(text) : undefined;
  return filled === undefined ? undefined : canonicalReference(filled);
}
