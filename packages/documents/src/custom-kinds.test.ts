import { describe, expect, test } from 'vitest';
import { mayHoldCustomKinds } from './custom-kinds.ts';
import { CUSTOM_RESOURCES } from './custom-resources.ts';
import { isBuiltInGroup, neverHoldsImages } from './known-kinds.ts';
import { readImages } from './read-images.ts';

describe('a text without custom kinds', () => {
  test.each([
    'apiVersion: v1\nkind: Pod\n',
    'kind: Deployment\napiVersion: apps/v1 # fine\n',
    '{"apiVersion":"batch/v1","kind":"Job"}',
    "- 'apiVersion' : 'networking.k8s.io/v1'\r\n",
    'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig:\n  apiVersion: pindrift.dev/v1alpha1\n',
    'no: resource\n',
    '',
  ])('is one of which that is certain: %j', (text) => {
    expect(mayHoldCustomKinds(Buffer.from(text))).toBe(false);
  });
});

describe('a text that may hold custom kinds', () => {
  test.each([
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n',
    'apiVersion: v1\n---\n{kind: Rollout, apiVersion: argoproj.io/v1alpha1}\n',
    'apiVersion: *version\n',
    'apiVersion:\n  !!str argoproj.io/v1alpha1\n',
    'apiVersion: &v argoproj.io/v1alpha1\n',
    'apiVersion: >-\n  argoproj.io/v1alpha1\n',
    '"api\\x56ersion": argoproj.io/v1alpha1\n',
    'apiVersion: "argoproj\\x2eio/v1alpha1"\n',
    '? apiVersion\n: argoproj.io/v1alpha1\n',
    `apiVersion:${' '.repeat(200)}argoproj.io/v1alpha1\n`,
  ])('is not ruled out: %j', (text) => {
    expect(mayHoldCustomKinds(Buffer.from(text))).toBe(true);
  });

  test('is one of any group in the table', () => {
    for (const { group } of CUSTOM_RESOURCES) {
      expect(isBuiltInGroup(group) || neverHoldsImages(group, ''), group).toBe(false);
      expect(mayHoldCustomKinds(Buffer.from(`apiVersion: ${group}/v1\n`)), group).toBe(true);
    }
  });

  test('is read with the table', async () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: app, image: nginx:1.27}
`;
    const { sites } = await readImages(text);
    expect(sites).toMatchObject([{ text: 'nginx:1.27', confidence: 'high' }]);
  });
});
