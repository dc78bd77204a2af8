import { familiarName, parseReference } from '@pindrift/reference';

/**
 * The names, without tag, under which a repository usually stands in manifests: `nginx` and
 * `docker.io/library/nginx`. Tools that compare texts need each of them.
 */
export function nameSpellings(image: string): string[] {
  const reference = parseReference(image);
  const canonical = `${reference.domain}/${reference.path}`;
  return [...new Set([familiarName(reference), canonical])];
}

/** The same with the tag; `latest` is as often left out. */
export function spellings(image: string): string[] {
  const { tag = 'latest' } = parseReference(image);
  return nameSpellings(image).flatMap((name) =>
    tag === 'latest' ? [name, `${name}:latest`] : [`${name}:${tag}`],
  );
}

/** The canonical name without the tag. */
export function repositoryOf(image: string): string {
  return image.slice(0, image.lastIndexOf(':'));
}
