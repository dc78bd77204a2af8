import { expect, test } from 'vitest';
import { readFunctionConfig } from './read-function-config.ts';

const API = { apiVersion: 'pindrift.dev/v1alpha1', metadata: { name: 'images' } };

test('none is none', async () => {
  expect((await readFunctionConfig(undefined)).kind).toBe('none');
  expect((await readFunctionConfig(null)).kind).toBe('none');
});

test('an ImageLock is the lock, named as the orchestrator names it', async () => {
  const annotations = { 'internal.config.kubernetes.io/path': 'deploy/images.lock.yaml' };
  const value = { ...API, kind: 'ImageLock', metadata: { name: 'images', annotations }, spec: {} };
  const { lock, settings } = await readFunctionConfig(value);
  expect(lock).toMatchObject({ file: 'deploy/images.lock.yaml', images: [] });
  expect(settings).toEqual({});
  const unnamed = await readFunctionConfig({ ...API, kind: 'ImageLock', spec: {} });
  expect(unnamed.lock?.file).toBe('ImageLock/images');
});

test('PinImages names a lock and holds settings', async () => {
  const spec = { lock: 'images.lock.yaml', settings: { onMissing: 'keep' } };
  expect(await readFunctionConfig({ ...API, kind: 'PinImages', spec })).toEqual({
    kind: 'PinImages',
    lockFile: 'images.lock.yaml',
    settings: { onMissing: 'keep' },
    ignore: [],
    fields: [],
  });
});

test("a ConfigMap's data are settings, whatever a YAML reader made of them", async () => {
  const data = { lock: 'l.yaml', mode: 'resolve' };
  const config = await readFunctionConfig({ apiVersion: 'v1', kind: 'ConfigMap', data });
  expect(config).toMatchObject({ lockFile: 'l.yaml', settings: { mode: 'resolve' } });
  const bare = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'function-input' } };
  expect((await readFunctionConfig(bare)).settings).toEqual({});
  const number = readFunctionConfig({ ...bare, data: { lock: 12 } });
  expect((await number).lockFile).toBe('12');
});

test.each([
  [
    { kind: 'ConfigMap', data: { onmissing: 'keep' } },
    'ConfigMap: data.onmissing: unknown key; did you mean onMissing?',
  ],
  [{ kind: 'ConfigMap', data: { mode: 'x' } }, 'ConfigMap: data.mode: must be locked or resolve'],
  [
    { ...API, kind: 'PinImages', spec: { locks: 'a' } },
    'PinImages/images: spec.locks: unknown key; did you mean lock?',
  ],
  [
    { ...API, kind: 'ImageLock', spec: { images: [{ image: 'nginx' }] } },
    'ImageLock/images: spec.images[0].image: must be written',
  ],
  [{ ...API, kind: 'Lock' }, 'Lock/images: the functionConfig must be an ImageLock or PinImages'],
  ['text', 'functionConfig: the functionConfig must be'],
])('%j is refused', async (value, reason) => {
  const reading = readFunctionConfig(value);
  await expect(reading).rejects.toMatchObject({ code: 'bad-function-config' });
  await expect(reading).rejects.toThrow(reason);
});
