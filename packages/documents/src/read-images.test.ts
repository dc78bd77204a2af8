import { describe, expect, test } from 'vitest';
import { CUSTOM_RESOURCES } from './custom-resources.ts';
import { gateWords } from './field-plan.ts';
import { HIDDEN_GROUPS, isServedGroup } from './known-kinds.ts';
import { readFast } from './read-fast.ts';
import { readImages } from './read-images.ts';
import { asBuffer, startDocuments, startReading } from './start-reading.ts';

const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: app, image: nginx:1.27}
`;

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - image: redis:7
    name: cache
`;

describe('the table of custom resources', () => {
  test.each([
    ['a Pod', POD],
    [
      'a ResourceList',
      `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nimage: x\n`,
    ],
    ['a lock', 'apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec: {images: []}\n'],
    ['no resource', 'image: nginx\n'],
  ])('is not needed for %s', (_, text) => {
    expect(needsTable(text)).toBe(false);
  });

  test.each([
    ['a kind that is in it', ROLLOUT],
    ['a kind behind others', `${POD}---\n${ROLLOUT}`],
    [
      'a package of Crossplane',
      'apiVersion: pkg.crossplane.io/v1\nkind: Provider\nspec: {package: a/b:1}\n',
    ],
    ['a kind that nobody knows', 'apiVersion: acme.example/v1\nkind: Thing\nspec:\n  image: a\n'],
  ])('is needed for %s', (_, text) => {
    expect(needsTable(text)).toBe(true);
  });

  test('has no group whose kinds are taken for known', () => {
    expect(CUSTOM_RESOURCES.filter(({ group }) => isServedGroup(group))).toEqual([]);
  });

  test('names all images under a key with the word image, but in the groups that are listed', () => {
    expect(gateWords(CUSTOM_RESOURCES)).toEqual(HIDDEN_GROUPS);
  });
});

function needsTable(text: string): boolean {
  const reading = startReading(asBuffer(text), { custom: undefined, fields: [], tolerant: false });
  readFast(reading, startDocuments(reading));
  return reading.plans.needsTable();
}

describe('readImages', () => {
  test('reads custom resources with the table, wherever they stand', async () => {
    const { sites } = await readImages(`${POD}---\n${ROLLOUT}---\n${POD}`);
    expect(sites.map(({ text, confidence }) => `${text} ${confidence}`)).toEqual([
      'redis:7 high',
      'nginx:1.27 high',
      'redis:7 high',
    ]);
  });

  test('says what it could not read, and reads the rest', async () => {
    const { sites, unreadable } = await readImages(`${POD}---\nimage: [\n---\n${POD}`, {
      file: 'a.yaml',
    });
    expect(sites).toHaveLength(2);
    expect(unreadable).toMatchObject([{ code: 'syntax', file: 'a.yaml', document: 1 }]);
  });

  test('leaves templates unread, unless it is asked to read them', async () => {
    const text = `{{- if .Values.x }}\n${POD}{{- end }}\n`;
    expect(await readImages(text)).toMatchObject({ sites: [], unreadable: [{ line: 1 }] });
    const { sites } = await readImages(text, { templates: true });
    expect(sites).toMatchObject([{ text: 'redis:7', confidence: 'medium' }]);
  });

  test('describes a site only when it is asked to', async () => {
    const images = await readImages(POD, { file: 'pod.yaml' });
    expect(images.sites.map(images.describe)).toMatchObject([
      { file: 'pod.yaml', name: 'web', path: 'spec.containers[0].image', line: 7, column: 12 },
    ]);
  });
});
