import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { deployment } from '../testing/manifests.ts';
import { pindrift } from '../testing/terminal.ts';

test('a first lock holds every image once, and a second run asks nothing and changes nothing', async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder();
  const digest = registry.push('app', 'v1', image());
  await folder.write('a.yaml', deployment('a', registry.reference('app', 'v1')));
  await folder.write('b/b.yaml', deployment('b', registry.reference('app', 'v1')));

  const first = await pindrift(folder.path, ['lock']);

  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('added');
  const text = await folder.read('images.lock.yaml');
  expect(text).toContain(`- image: ${registry.reference('app', 'v1')}\n    digest: ${digest}\n`);
  const heads = registry.requests.filter(({ path }) => path.endsWith('/manifests/v1'));
  expect(heads).toHaveLength(1);

  registry.forget();
  const second = await pindrift(folder.path, ['lock']);
  expect(second).toMatchObject({ code: 0 });
  expect(registry.requests).toEqual([]);
  expect(await folder.read('images.lock.yaml')).toBe(text);
});
