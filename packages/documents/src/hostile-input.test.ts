import { describe, expect, test } from 'vitest';
import { findImages } from './find-images.ts';
import type { Problem } from './problem.ts';

/** What is found, and what is wrong, as short lines. */
function read(text: string): { images: string[]; problems: string[] } {
  const problems: string[] = [];
  const onProblem = ({ code, line, column }: Problem): number =>
    problems.push(`${code} ${line}:${column}`);
  const images = findImages(text, { onProblem });
  return { images: images.map((image) => `${image.path}=${image.text}`), problems };
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** Each level holds nine times the one before: 9^25 values, were they expanded. */
function bomb(level: (aliases: string) => string): string {
  const levels = letters
    .slice(1)
    .map((letter, at) => `x${letter}: &${letter} ${level(`*${letters[at]}, `.repeat(9))}`);
  return `xa: &a {image: nginx}\n${levels.join('\n')}\napiVersion: acme.example/v1\nkind: Bomb\nspec: {image: redis, all: *z}\n`;
}

describe('aliases that expand', () => {
  test.each([
    ['in lists', bomb((aliases) => `[${aliases}]`)],
    ['in merge keys', bomb((aliases) => `{<<: [${aliases}]}`)],
    [
      'in mappings',
      bomb((aliases) => `{${[...'123456789'].map((key) => `k${key}: ${aliases.slice(0, 2)}`)}}`),
    ],
  ])('%s are not expanded', (_, text) => {
    const { images, problems } = read(text);
    expect(images).toContain('spec.image=redis');
    expect(images.length).toBeLessThan(30);
    expect(problems.filter((problem) => !problem.startsWith('shared-value'))).toEqual([]);
  });

  test('into themselves end', () => {
    const text = `apiVersion: v1
kind: List
items: &all
- apiVersion: v1
  kind: Pod
  spec: {containers: &c [{image: nginx}, *c]}
- apiVersion: v1
  kind: List
  items: *all
`;
    expect(read(text)).toEqual({ images: ['spec.containers[0].image=nginx'], problems: [] });
  });

  test('to an anchor of another item are followed', () => {
    const item = (image: string): string =>
      `- apiVersion: v1\n  kind: Pod\n  spec:\n    containers:\n    - image: ${image}\n`;
    const text = `apiVersion: v1\nkind: List\nitems:\n${item('&i nginx:1')}${item('*i')}${item('redis')}`;
    expect(read(text)).toEqual({
      images: ['spec.containers[0].image=nginx:1', 'spec.containers[0].image=redis'],
      problems: [],
    });
  });
});

describe('nesting', () => {
  const pod = (value: string): string =>
    `apiVersion: v1\nkind: Pod\nimage: ${value}\nspec:\n  containers:\n  - image: nginx\n`;
  const blocks = (depth: number): string =>
    `\n${Array.from({ length: depth }, (_, at) => `${' '.repeat(at + 1)}a:`).join('\n')}`;

  test.each([
    ['300 mappings', pod(blocks(300))],
    ['900 lists', pod('['.repeat(900) + ']'.repeat(900))],
  ])('of %s is read', (_, text) => {
    expect(read(text)).toEqual({ images: ['spec.containers[0].image=nginx'], problems: [] });
  });

  test.each([
    ['20,000 lists', pod('['.repeat(20_000)), 'too-large 3:'],
    ['20,000 mappings', pod('{a: '.repeat(20_000)), 'too-large 3:'],
    ['2,000 blocks', pod(blocks(2000)), 'too-large'],
  ])('of %s is refused with its position', (_, text, problem) => {
    expect(read(text).problems).toEqual([expect.stringContaining(problem)]);
  });
});

describe('size', () => {
  const pod = '---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx\n';

  test('does not matter to what is simple', () => {
    const lines = '    image: not/an/image:1 in a text of forty megabytes\n'.repeat(800_000);
    const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n  text: |\n${lines}${pod}`;
    expect(read(text)).toEqual({ images: ['spec.containers[0].image=nginx'], problems: [] });
  });

  test('beyond what is read exactly is refused, and the rest is read', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nx: &image a\ny: "${'x'.repeat(33 << 20)}"\n${pod}`;
    expect(read(text)).toEqual({
      images: ['spec.containers[0].image=nginx'],
      problems: ['too-large 1:1'],
    });
  });

  test('of a list whose items have no kind, or thousands that are read exactly, costs one pass', () => {
    const items = '- spec:\n    containers:\n    - image: nginx\n'.repeat(20_000);
    const tagged = '- {apiVersion: v1, kind: Pod, spec: {containers: [{image: nginx}]}}\n'.repeat(
      3000,
    );
    expect(read(`apiVersion: v1\nkind: List\nitems:\n${items}`).images).toEqual([]);
    expect(read(`apiVersion: v1\nkind: List\nitems:\n${tagged}`).images).toHaveLength(3000);
  });

  test('of a line does not matter either', () => {
    const pods = Array.from({ length: 5000 }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ image: `nginx:${at}`, args: ['x'.repeat(500)] }] },
    }));
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods });
    expect(read(text).images).toHaveLength(5000);
  });
});

describe('what the parser lets pass', () => {
  const pod = (containers: string): string =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${containers}`;

  test.each([
    ['a key behind a quoted item', pod('  - "x" name: y\n'), 'syntax 5:9'],
    ['a key behind a list', pod('  - [x] name: y\n'), 'syntax 5:9'],
    ['a key behind an alias', `x: &x y\n${pod('  - *x name: y\n')}image: z\n`, 'syntax 6:8'],
  ])('%s is refused', (_, text, problem) => {
    expect(read(`${text}# image\n`).problems).toEqual([problem]);
  });

  test.each([
    ['in lists of lists', pod('  - [[x], y, [z]]\n  - image: a\n'), 1],
    ['behind a block scalar', pod('  - |\n    x\n  - name: >-\n      x\n    image: !!str b\n'), 1],
    ['behind a collection that is a key', pod('  - {? [a] : b, c: d, image: e}\n'), 1],
  ])('keys %s are no such thing', (_, text, images) => {
    expect(read(text)).toMatchObject({ images: { length: images }, problems: [] });
  });
});
