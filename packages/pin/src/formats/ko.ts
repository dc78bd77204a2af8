import { parseReference } from '@pindrift/reference';
import type { Format } from './format.ts';
import { importPairs, notThisFormat, type Pair } from './import-pairs.ts';

/**
 * What `ko build --image-refs FILE` writes: one reference with a digest a line. ko leaves the tag out
 * where it is `latest`, and lists the manifests of an index behind it, without a tag.
 * https://ko.build/reference/ko_build/
 */
export const ko: Format = {
  name: 'ko',
  title: 'list of references (ko --image-refs)',
  read: async (text, file) => importPairs(pairsOf(text, file), file),
  write: (entries) => entries.map(({ image, digest }) => `${image}@${digest}\n`).join(''),
};

function pairsOf(text: string, file: string): Pair[] {
  const seen = new Set<string>();
  const pairs: Pair[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const to = line.trim();
    if (to === '' || to.startsWith('#')) continue;
    const { from, repository, tagged } = split(to, `${file}:${index + 1}`);
    if (!tagged && seen.has(repository)) continue;
    seen.add(repository);
    pairs.push({ from, to });
  }
  return pairs;
}

function split(to: string, place: string): { from: string; repository: string; tagged: boolean } {
  try {
    const { domain, path, tag, digest } = parseReference(to);
    if (digest === undefined) throw notThisFormat(place, `${to} has no digest`);
    const repository = `${domain}/${path}`;
    return { from: `${repository}:${tag ?? 'latest'}`, repository, tagged: tag !== undefined };
  } catch (error) {
    if (error instanceof Error && error.name === 'BadReference') {
      throw notThisFormat(place, error.message);
    }
    throw error;
  }
}
