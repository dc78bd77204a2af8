import { runExample } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';

test('the example of the README runs', async () => {
  const { code, stdout, stderr } = await runExample(new URL('../README.md', import.meta.url));
  expect(stderr).toBe('');
  expect(
    stdout.toString(),
  ).toBe(`spec: {containers: [{name: web, image: nginx:1.27@sha256:6784fb0834aa7dbbe12e3d7471e69c290df3e6ba810dc38b34ae33d3c1c05f7d}]} # untouched
pod.yaml:5:40: Pod web, spec.containers[0].image: redis has no entry in images.lock.yaml 1
[
  'unchanged docker.io/library/nginx:1.27',
  'added docker.io/library/redis:latest'
]
`);
  expect(code).toBe(0);
});
