import { parseReference } from '@pindrift/reference';
import type { LockEntry } from '../lock/lock.ts';
import { scalar } from '../lock/scalar.ts';
import { readPlain } from '../plain-value.ts';
import { isMapping } from '../shape/shape.ts';
import type { Format } from './format.ts';
import { importPairs, notThisFormat, type Pair } from './import-pairs.ts';
import { nameSpellings, repositoryOf } from './spellings.ts';

/**
 * `images:` of a kustomization.yaml, for whatever runs kustomize without functions: Flux, Argo CD,
 * `kubectl apply -k`. `newTag` holds tag and digest, the form that Renovate updates as well.
 *
 * kustomize compares the text of the manifest with `name`, which is a regular expression: where one
 * repository has several tags, `name` holds the tag too, so that each keeps its own digest.
 */
export const kustomize: Format = {
  name: 'kustomize',
  title: 'images: of a kustomization.yaml',
  async read(text, file) {
    const value = await readPlain(text, file, 'bad-format');
    const list = isMapping(value) ? value.images : value;
    if (!Array.isArray(list)) throw notThisFormat(file, 'has no list of images');
    return importPairs(list.map(pairOf), file);
  },
  write(entries) {
    if (entries.length === 0) return 'images: []\n';
    const tags = Map.groupBy(entries, ({ image }) => repositoryOf(image));
    const rows = entries.flatMap((entry) => {
      const several = (tags.get(repositoryOf(entry.image))?.length ?? 0) > 1;
      return nameSpellings(entry.image).flatMap((name) => imageLines(entry, name, several));
    });
    return `images:\n${rows.join('\n')}\n`;
  },
};

function imageLines({ image, digest }: LockEntry, name: string, several: boolean): string[] {
  const { tag = 'latest' } = parseReference(image);
  const names = several ? tagPatterns(name, tag) : [name];
  return names.flatMap((wanted) => [
    `- name: ${wanted.includes('\\') || wanted.endsWith('$') ? `'${wanted}'` : scalar(wanted)}`,
    `  newTag: ${JSON.stringify(`${tag}@${digest}`)}`,
  ]);
}

/** kustomize adds optional groups for tag and digest; a `$` before them leaves room for neither. */
function tagPatterns(name: string, tag: string): string[] {
  const tagged = `${escaped(name)}:${escaped(tag)}`;
  return tag === 'latest' ? [`${escaped(name)}$`, tagged] : [tagged];
}

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}

function pairOf(item: unknown): Pair {
  const row = isMapping(item) ? item : {};
  const { name, tag } = readName(String(row.name ?? ''));
  const [newTag = '', inTag] = String(row.newTag ?? tag).split('@');
  const digest = row.digest ?? inTag;
  const from = `${String(row.newName ?? name)}${newTag === '' ? '' : `:${newTag}`}`;
  if (typeof row.newTag === 'number') {
    return { from, to: from, problem: 'its newTag is a number to YAML; put it in quotes' };
  }
  if (digest === undefined) return { from, to: from };
  const to = `${from}@${String(digest)}`;
  return { from: newTag === '' ? to : from, to };
}

/** The name and, where the pattern holds one, the tag. */
function readName(pattern: string): { name: string; tag: string } {
  const text = pattern.replace(/\\([.+])/g, '$1').replace(/\$$/, '');
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  return colon < 0
    ? { name: text, tag: '' }
    : { name: text.slice(0, colon), tag: text.slice(colon + 1) };
}
