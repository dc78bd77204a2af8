import type { LockEntry } from '../lock/lock.ts';
import { scalar } from '../lock/scalar.ts';
import { readPlain } from '../plain-value.ts';
import { isMapping } from '../shape/shape.ts';
import type { Format } from './format.ts';
import { importPairs, notThisFormat, type Pair } from './import-pairs.ts';
import { repositoryOf, spellings } from './spellings.ts';

/**
 * `Config` of kbld with overrides, as `kbld --lock-output` writes it; `ImageOverrides` is its older
 * name. kbld compares texts, so every usual spelling has a row.
 * https://carvel.dev/kbld/docs/latest/config/#overrides
 */
export const kbld: Format = {
  name: 'kbld',
  title: 'lock of kbld (--lock-output)',
  async read(text, file) {
    const value = await readPlain(text, file, 'bad-format');
    const version = isMapping(value) ? String(value.apiVersion) : '';
    const list = isMapping(value) ? value.overrides : undefined;
    if (!version.startsWith('kbld.k14s.io/') || !Array.isArray(list)) {
      throw notThisFormat(file, 'is no Config of kbld with a list of overrides');
    }
    return importPairs(list.map(pairOf), file);
  },
  write(entries) {
    const lines = entries.flatMap((entry) =>
      spellings(entry.image).flatMap((spelling) => overrideLines(entry, spelling)),
    );
    const overrides = lines.length === 0 ? ['overrides: []'] : ['overrides:', ...lines];
    const head = ['apiVersion: kbld.k14s.io/v1alpha1', 'kind: Config'];
    return `${[...head, ...overrides].join('\n')}\n`;
  },
};

function pairOf(item: unknown): Pair {
  const override = isMapping(item) ? item : {};
  const from = override.image ?? override.imageRepo ?? '';
  return { from: String(from), to: String(override.newImage ?? '') };
}

function overrideLines({ image, digest }: LockEntry, spelling: string): string[] {
  return [
    `- image: ${scalar(spelling)}`,
    `  newImage: ${scalar(`${repositoryOf(image)}@${digest}`)}`,
    '  preresolved: true',
  ];
}
