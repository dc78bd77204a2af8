import { parseReference } from '@pindrift/reference';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockKey } from '../canonical.ts';
import { isPlainEntry } from './plain-entry.ts';

const word = fc.array(fc.constantFrom('a', 'b2', '-', '.', '_', '--', '/', 'A'), {
  minLength: 1,
  maxLength: 4,
});

/** Texts that come close; whatever passes of them has to be canonical. */
const nearly = fc
  .tuple(fc.constantFrom('docker.io/', 'index.docker.io/', 'r.io:5000/', 'a-b.c/', ''), word, word)
  .map(([host, path, tag]) => `${host}${path.join('')}:${tag.join('')}`);

test('what is canonical at first sight is canonical when parsed', () => {
  let plain = 0;
  fc.assert(
    fc.property(nearly, (text) => {
      if (!isPlainEntry(text)) return;
      plain += 1;
      expect(lockKey(parseReference(text))).toBe(text);
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(20);
});

test.each([
  'docker.io/library/nginx:1.27',
  'registry.example.com:5000/team/app:1.0.0-rc.1',
  'ghcr.io/acme/web.api:main',
])('%s is', (text) => {
  expect(isPlainEntry(text)).toBe(true);
});

test.each([
  'nginx:1.27',
  'docker.io/nginx:1.27',
  'index.docker.io/library/nginx:1.27',
  'docker.io/library/nginx',
  `docker.io/library/nginx@sha256:${'0'.repeat(64)}`,
  'ghcr.io/Acme/web:main',
  'localhost/app:1',
])('%s is not', (text) => {
  expect(isPlainEntry(text)).toBe(false);
});
