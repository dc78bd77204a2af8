import { expect, test } from 'vitest';
import { cacheFolder } from './cache-folder.ts';

test.each([
  [{}, '/home/me/.cache/pindrift'],
  [{ XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/pindrift'],
  [{ XDG_CACHE_HOME: '' }, '/home/me/.cache/pindrift'],
  [{ XDG_CACHE_HOME: 'here' }, '/home/me/.cache/pindrift'],
])('with %j the cache is in %s', (environment, folder) => {
  expect(cacheFolder(environment, '/home/me')).toBe(folder);
});
