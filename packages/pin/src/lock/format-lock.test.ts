import { expect, test } from 'vitest';
import { formatLock } from './format-lock.ts';
import { readLock } from './read-lock.ts';

const FIELDS = [
  { group: 'example.com', kind: 'Worker', path: 'spec.image' },
  { group: 'example.com', kind: 'Runner', podSpec: 'spec.template.spec' },
  { group: '', kind: 'Thing', split: { repository: 'spec.name', tag: 'spec.tag' } },
];

test('a lock that was written reads back with every way to name an image field', async () => {
  const text = formatLock({ images: [], fields: FIELDS });
  expect((await readLock(text, { file: 'images.lock.yaml' })).fields).toEqual(FIELDS);
});
