import type { LockEntry } from '../lock/lock.ts';
import { scalar } from '../lock/scalar.ts';
import { readPlain } from '../plain-value.ts';
import { isMapping } from '../shape/shape.ts';
import type { Format } from './format.ts';
import { importPairs, notThisFormat, type Pair } from './import-pairs.ts';
import { repositoryOf, spellings } from './spellings.ts';

/**
 * `ImagesLock` of imgpkg, as `kbld --imgpkg-lock-output` writes it. The annotation says how the image
 * is named in the manifests. https://carvel.dev/imgpkg/docs/latest/resources/#imageslock-configuration
 */
export const imgpkg: Format = {
  name: 'imgpkg',
  title: 'ImagesLock of imgpkg and kbld (.imgpkg/images.yml)',
  async read(text, file) {
    const value = await readPlain(text, file, 'bad-format');
    const list = isMapping(value) && value.kind === 'ImagesLock' ? value.images : undefined;
    if (!Array.isArray(list)) throw notThisFormat(file, 'is no ImagesLock with a list of images');
    return importPairs(list.map(pairOf), file);
  },
  write(entries) {
    const lines = entries.flatMap((entry) =>
      spellings(entry.image).flatMap((spelling) => imageLines(entry, spelling)),
    );
    const images = lines.length === 0 ? ['images: []'] : ['images:', ...lines];
    const head = ['---', 'apiVersion: imgpkg.carvel.dev/v1alpha1', 'kind: ImagesLock'];
    return `${[...head, ...images].join('\n')}\n`;
  },
};

const ID = 'kbld.carvel.dev/id';

/** Without the annotation the image itself may still have a tag. */
function pairOf(item: unknown): Pair {
  const image = isMapping(item) ? String(item.image ?? '') : '';
  const annotations = isMapping(item) && isMapping(item.annotations) ? item.annotations : {};
  const id = annotations[ID];
  return { from: typeof id === 'string' ? id : image, to: image };
}

function imageLines({ image, digest }: LockEntry, spelling: string): string[] {
  return [
    '- annotations:',
    `    ${ID}: ${scalar(spelling)}`,
    `  image: ${scalar(`${repositoryOf(image)}@${digest}`)}`,
  ];
}
