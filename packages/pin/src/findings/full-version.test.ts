import { expect, test } from 'vitest';
import { isFullVersion } from './full-version.ts';

test.each(['1.27.3', 'v2.0.1', '1.2.3-alpine', '1.2.3.4', '16.1.3-bookworm', '2024.11.05'])(
  '%s looks as if it never moved',
  (tag) => expect(isFullVersion(`localhost:5000/a.1.2.3/b:${tag}`)).toBe(true),
);

test.each([
  '1.27',
  'latest',
  '1',
  'stable',
  '1.2.3-SNAPSHOT',
  'nightly-1.2.3',
  'sha-1234567',
  '1.2.3-dev',
])('%s does not', (tag) => expect(isFullVersion(`localhost:5000/a:${tag}`)).toBe(false));
