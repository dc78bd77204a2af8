import { parseReference } from '@pindrift/reference';
import { isMapping } from '../shape/shape.ts';
import type { Format } from './format.ts';
import { importPairs, notThisFormat, type Pair } from './import-pairs.ts';
import { repositoryOf } from './spellings.ts';

/**
 * What `docker image inspect` prints: a list of images with the tags they have here and the digests
 * under which they were pulled or pushed. podman and nerdctl print the same two fields.
 */
export const dockerInspect: Format = {
  name: 'docker-inspect',
  title: 'output of docker image inspect (RepoTags and RepoDigests)',
  read: async (text, file) => importPairs(imagesOf(text, file).flatMap(pairsOf), file),
  write(entries) {
    const images = entries.map(({ image, digest }) => ({
      RepoTags: [image],
      RepoDigests: [`${repositoryOf(image)}@${digest}`],
    }));
    return `${JSON.stringify(images, null, 2)}\n`;
  },
};

interface Inspected {
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}

function imagesOf(text: string, file: string): Inspected[] {
  const value = parse(text, file);
  const list = Array.isArray(value) ? value : [value];
  return list.map((image: unknown) => {
    if (!isMapping(image) || !('RepoDigests' in image)) {
      throw notThisFormat(
        file,
        'has no RepoDigests; run docker image inspect, not inspect on a container',
      );
    }
    return { tags: texts(image.RepoTags), digests: texts(image.RepoDigests) };
  });
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notThisFormat(file, `is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Every tag with the digest of its own repository; a tag that was only built here has none. */
function pairsOf({ tags, digests }: Inspected): Pair[] {
  const byRepository = new Map(digests.map((digest) => [nameOf(digest), digest]));
  return tags.map((tag) => ({ from: tag, to: byRepository.get(nameOf(tag)) ?? tag }));
}

function nameOf(text: string): string {
  try {
    const { domain, path } = parseReference(text);
    return `${domain}/${path}`;
  } catch {
    return text;
  }
}
