import type { ImageField } from '../image-field.ts';

/** What a row says beside the kind it is about. */
export type Fields = Pick<ImageField, 'paths' | 'podSpecs' | 'split'>;

/** One row for each of the `kinds` of a group, all with the same fields. */
export function rows(
  group: string,
  kinds: readonly string[],
  fields: Fields,
  source: string,
): ImageField[] {
  return kinds.map((kind) => ({ group, kind, ...fields, source }));
}

/** The address of a file as it was at a commit or branch. */
export function github(repository: string, ref: string, path: string): string {
  return `https://github.com/${repository}/blob/${ref}/${path}`;
}

/** The same path below each of the prefixes. */
export function below(prefixes: readonly string[], paths: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => paths.map((path) => `${prefix}.${path}`));
}
