import { cases } from '@pindrift/testing/cases';
import { describe, expect, test } from 'vitest';
import { BadDocument } from './bad-document.ts';
import { findImages } from './find-images.ts';
import type { ImageOccurrence } from './occurrence.ts';
import type { Problem } from './problem.ts';
import { readImages } from './read-images.ts';
import { rewrite } from './rewrite.ts';

const DIGEST = `@sha256:${'5'.repeat(64)}`;

describe('manifests', () => {
  cases(new URL('../testdata/manifests/', import.meta.url), async ({ input, inputName }) => {
    const problems: Problem[] = [];
    const onProblem = (problem: Problem): number => problems.push(problem);
    const images = findImages(input, { file: inputName, onProblem });
    const read = await readImages(input, { file: inputName, templates: true });
    expect(read.sites.map(read.describe)).toEqual(images);
    const pinned = rewrite(input, editsOf(images));
    expect(withoutDigests(pinned)).toBe(Buffer.from(input).toString('latin1'));
    expect(findImages(pinned, { onProblem: () => {} }).filter(needsDigest)).toEqual([]);
    const ignored = read.sites.map((site) => read.ignoreOf(site));
    return {
      [inputName.replace('input', 'expected')]: pinned,
      'expected.txt': images.map((image, at) => line(image, ignored[at]?.reason)).join(''),
      'errors.txt': problems.map(problemLine).join(''),
    };
  });
});

function editsOf(
  images: readonly ImageOccurrence[],
): { start: number; end: number; text: string }[] {
  return images.filter(needsDigest).map(({ end }) => ({ start: end, end, text: DIGEST }));
}

function needsDigest({ confidence, reference }: ImageOccurrence): boolean {
  return confidence !== 'low' && reference !== undefined && !reference.includes('@');
}

function withoutDigests(pinned: Uint8Array): string {
  return Buffer.from(pinned).toString('latin1').replaceAll(DIGEST, '');
}

function line(image: ImageOccurrence, ignored: string | undefined): string {
  const { document, kind, namespace, name, path, text, reference, confidence } = image;
  const resource = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
  const ignore = ignored === undefined ? '' : `, ignored: ${ignored}`;
  const where = `${image.line}:${image.column} #${document} ${resource} ${path}`;
  return `${where}: ${JSON.stringify(text)} ${confidence} ${reference ?? '-'}${ignore}\n`;
}

function problemLine({ code, reason, file, line: at, column, document }: Problem): string {
  return `${file}:${at}:${column} #${document} ${code}: ${reason}\n`;
}

describe('findImages', () => {
  test('throws for the first part that cannot be read, with its position', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  image: [\n';
    const found = (): unknown => findImages(text, { file: 'bad.yaml' });
    expect(found).toThrow(BadDocument);
    expect(found).toThrow(/^bad\.yaml:\d+:\d+: /);
    expect(found).toThrow(expect.objectContaining({ code: 'syntax', file: 'bad.yaml' }));
  });

  test('finds what the user says, whole and split', () => {
    const text = `apiVersion: acme.example/v2
kind: Robot
metadata: {name: r2}
spec:
  brain: ghcr.io/acme/brain:1
  arms:
    left: {registry: quay.io, repository: acme/arm, tag: "2"}
    right: {repository: acme/arm, tag: 1.10}
    third: {repository: acme/arm}
    fourth: {repository: acme/arm, tag: v4, digest: 'sha256:${'6'.repeat(64)}'}
`;
    const arm = (part: string): string => `spec.arms.*.${part}`;
    const fields = [
      {
        group: 'acme.example',
        kind: 'Robot',
        paths: ['spec.brain'],
        split: [
          {
            registry: arm('registry'),
            repository: arm('repository'),
            tag: arm('tag'),
            digest: arm('digest'),
          },
        ],
        source: 'pindrift.yaml',
      },
    ];
    const problems: Problem[] = [];
    const found = findImages(text, { fields, onProblem: (problem) => problems.push(problem) });
    expect(found.map(({ path, text: image, finder }) => [path, image, finder])).toEqual([
      ['spec.brain', 'ghcr.io/acme/brain:1', 'fields'],
      ['spec.arms.left.repository', 'quay.io/acme/arm:2', 'fields'],
      ['spec.arms.right.repository', 'acme/arm:1.1', 'fields'],
      ['spec.arms.third.repository', 'acme/arm', 'fields'],
      ['spec.arms.fourth.repository', `acme/arm:v4@sha256:${'6'.repeat(64)}`, 'fields'],
    ]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['numeric-tag', 8],
      ['unpinnable', 9],
    ]);
    expect(text.slice(found[1]?.start, found[1]?.end)).toBe('2');
  });

  test('finds a field whose path never says image, in a text without the word', () => {
    const fields = [{ group: 'acme.example', kind: 'Robot', paths: ['spec.runs'], source: 'x' }];
    const text = 'apiVersion: acme.example/v2\nkind: Robot\nspec:\n  runs: nginx:1\n';
    expect(findImages(text, { fields }).map((image) => image.text)).toEqual(['nginx:1']);
  });

  test('refuses a field path that makes no sense', () => {
    const fields = [{ group: 'a.b', kind: 'C', paths: ['spec..image'], source: 'x' }];
    const text = 'apiVersion: a.b/v1\nkind: C\nspec: {image: x}\n';
    expect(() => findImages(text, { fields })).toThrow(/"spec\.\.image"/);
  });
});
