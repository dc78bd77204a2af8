import { cases } from '@pindrift/testing/cases';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { CUSTOM_RESOURCES } from './custom-resources.ts';
import { parseFieldPath } from './field-path.ts';
import { findImages } from './find-images.ts';
import type { ImageField } from './image-field.ts';
import type { ImageOccurrence } from './occurrence.ts';
import type { Problem } from './problem.ts';
import { rewrite } from './rewrite.ts';

const DIGEST = `@sha256:${'5'.repeat(64)}`;
const POD_SPEC = [
  'containers[*].image',
  'initContainers[*].image',
  'ephemeralContainers[*].image',
  'volumes[*].image.reference',
];

describe('the table', () => {
  test('knows at least 140 kinds of at least 65 groups, each kind once', () => {
    const kinds = CUSTOM_RESOURCES.map(nameOf);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(140);
    expect(new Set(CUSTOM_RESOURCES.map(({ group }) => group)).size).toBeGreaterThanOrEqual(65);
  });

  test('says of each row where it was read', () => {
    const pages = CUSTOM_RESOURCES.map(({ source }) => new URL(source));
    expect(pages.filter(({ protocol }) => protocol !== 'https:')).toEqual([]);
    const files = pages.filter(({ host }) => host === 'github.com');
    const shape =
      /^\/[^/]+\/[^/]+\/blob\/(?:[0-9a-f]{40}|main|master|release-\d+\.\d+)\/[^/].*\.\w+$/;
    expect(files.filter(({ pathname }) => !shape.test(pathname))).toEqual([]);
  });

  test('names each field once, in a path that can be read', () => {
    for (const row of CUSTOM_RESOURCES) {
      const paths = wholePaths(row);
      expect(paths.length + (row.split ?? []).length, nameOf(row)).toBeGreaterThan(0);
      expect(new Set(paths).size, nameOf(row)).toBe(paths.length);
      for (const path of paths) expect(parseFieldPath(path).length).toBeGreaterThan(0);
    }
  });

  test('leaves out what a build pushes to', () => {
    const targets = CUSTOM_RESOURCES.flatMap(wholePaths).filter((path) => /output/.test(path));
    expect(targets).toEqual([]);
  });
});

describe.each(CUSTOM_RESOURCES.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
  const { text, expected } = manifestOf(row);

  test('names its images in exactly its fields', () => {
    const found = findImages(text);
    expect(found.map(({ path }) => path).sort()).toEqual([...expected.keys()].sort());
    for (const image of found) {
      expect(image).toMatchObject({
        kind: row.kind,
        finder: 'custom-resource',
        name: 'all-fields',
        namespace: 'somewhere',
        text: expected.get(image.path),
      });
      expect(image.confidence, image.path).not.toBe('low');
    }
  });

  test('takes digests byte by byte, and once', () => {
    const pinned = pin(text);
    expect(pinned.toString().replaceAll(DIGEST, '')).toBe(text);
    const again = findImages(pinned);
    expect(again.map((image) => image.text).sort()).toEqual(
      [...expected.values()].map((image) => `${image}${DIGEST}`).sort(),
    );
  });

  test('is read in every version of its group', () => {
    const older = text.replace(`${row.group}/v1\n`, `${row.group}/v1alpha7\n`);
    expect(older).not.toBe(text);
    expect(findImages(older)).toHaveLength(expected.size);
  });

  test('is only a guess in another group', () => {
    const strange = findImages(text.replace(`${row.group}/v1\n`, 'nobody.example/v1\n'));
    expect(strange.filter(({ confidence }) => confidence !== 'low')).toEqual([]);
  });
});

describe('manifests in the style of the projects', () => {
  cases(new URL('../testdata/custom-resource-manifests/', import.meta.url), ({ input }) => {
    const problems: Problem[] = [];
    const images = findImages(input, {
      file: 'input.yaml',
      onProblem: (one) => problems.push(one),
    });
    const pinned = pin(input);
    expect(Buffer.from(pinned.toString('latin1').replaceAll(DIGEST, ''), 'latin1')).toEqual(input);
    expect(pin(pinned)).toEqual(pinned);
    expect(textsOutside(pinned, images)).toEqual(textsOutside(input, images));
    return {
      'expected.yaml': pinned,
      'expected.txt': images.map(line).join(''),
      'errors.txt': problems
        .map(({ code, reason, line: at }) => `${at}: ${code}: ${reason}\n`)
        .join(''),
    };
  });
});

function nameOf({ group, kind }: ImageField): string {
  return `${kind}.${group}`;
}

function wholePaths({ paths = [], podSpecs = [] }: ImageField): string[] {
  return [...paths, ...podSpecs.flatMap((spec) => POD_SPEC.map((path) => `${spec}.${path}`))];
}

type Json = string | Json[] | { [key: string]: Json };
type Tree = Map<string, Tree | string>;

/** A resource with an image in each field, two for each wildcard, and the same keys elsewhere. */
function manifestOf(row: ImageField): { text: string; expected: Map<string, string> } {
  const tree: Tree = new Map();
  const expected = new Map<string, string>();
  let count = 0;
  for (const path of wholePaths(row)) {
    for (const place of expand(path)) {
      const image = `registry.example:5000/team/image-${++count}:1.${count}-rc`;
      expected.set(formatPlace(place), image);
      put(tree, place, image);
    }
  }
  for (const { repository, tag } of row.split ?? []) {
    const at = expand(repository)[0] ?? [];
    put(tree, at, `registry.example/split-${++count}`);
    put(tree, expand(tag ?? '')[0] ?? [], `v${count}.0`);
    expected.set(formatPlace(at), `registry.example/split-${count}:v${count}.0`);
  }
  for (const place of DECOYS) put(tree, place, 'decoy.example/never:1');
  put(tree, ['metadata', 'name'], 'all-fields');
  put(tree, ['metadata', 'namespace'], 'somewhere');
  const head = `apiVersion: ${row.group}/v1\nkind: ${row.kind}\n`;
  return { text: `${head}${write(tree, '')}`, expected };
}

const DECOYS: (string | number)[][] = [
  ['metadata', 'annotations', 'image'],
  ['metadata', 'labels', 'image'],
  ['spec', 'unrelated', 'image'],
  ['spec', 'unrelated', 'containers', 0, 'image'],
  ['spec', 'unrelated', 'template', 'spec', 'containers', 0, 'image'],
  ['data', 'image'],
  ['image'],
  ['status', 'image'],
  ['status', 'containers', 0, 'image'],
];

function expand(path: string): (string | number)[][] {
  let places: (string | number)[][] = [[]];
  for (const step of parseFieldPath(path)) {
    const keys = step.step === 'key' ? [step.key] : step.step === 'items' ? [0, 1] : ['one', 'two'];
    places = places.flatMap((place) => keys.map((key) => [...place, key]));
  }
  return places;
}

function formatPlace(place: (string | number)[]): string {
  return place
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1);
}

/** Numbers are kept as keys with a mark, so that one tree serves lists and mappings. */
function put(tree: Tree, place: (string | number)[], value: string): void {
  const [key, ...rest] = place;
  if (key === undefined) return;
  const name = typeof key === 'number' ? `#${key}` : key;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const known = tree.get(name);
  const child: Tree = known instanceof Map ? known : new Map();
  tree.set(name, child);
  put(child, rest, value);
}

/** Block style, with every way to quote in turn and a comment behind some values. */
function write(tree: Tree, indent: string): string {
  const quotes = [
    (value: string) => value,
    (value: string) => `"${value}"`,
    (value: string) => `'${value}' # why`,
  ];
  return [...tree]
    .map(([name, value], index) => {
      const key = name.startsWith('#') ? '-' : `${name}:`;
      if (value instanceof Map) return `${indent}${key}\n${write(value, `${indent}  `)}`;
      return `${indent}${key} ${quotes[index % quotes.length]!(value)}\n`;
    })
    .join('');
}

/** What the pipeline does: a digest behind every reference that is sure, whole and without one. */
function pin(text: Uint8Array | string): Buffer {
  const bytes = Buffer.from(text as string);
  const edits = findImages(bytes, { onProblem: () => {} })
    .filter(({ confidence, text: image }) => confidence !== 'low' && !image.includes('@'))
    .map(({ end }) => ({ start: end, end, text: DIGEST }))
    .filter(({ start }, index, all) => start !== all[index - 1]?.start);
  return Buffer.from(rewrite(bytes, edits));
}

function line({ document, path, text, confidence, line: at, column }: ImageOccurrence): string {
  return `${document} ${path} ${at}:${column} ${confidence} ${text}\n`;
}

/** All that another library reads in the documents, with the images themselves blotted out. */
function textsOutside(bytes: Buffer, images: ImageOccurrence[]): Json[] {
  const names = new Set(images.flatMap(({ text }) => [text, text.replace(/^.*:/, '')]));
  const blot = (value: unknown): Json => {
    if (typeof value !== 'object' || value === null) {
      const text = String(value).replace(DIGEST, '');
      return names.has(text) ? 'an image' : String(value);
    }
    if (Array.isArray(value)) return value.map(blot);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, blot(one)]));
  };
  return parseAllDocuments(bytes.toString()).map((document) => blot(document.toJS()));
}
