import { expect, test } from 'vitest';
import { entryPlaces } from './entry-places.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test('every entry stands where its name does, whatever the layout and the order', async () => {
  const text = `# reviewed
apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata: {name: images}
spec:
  images:
  - digest: ${DIGEST}
    image: docker.io/library/redis:7
  # the web
  - image: "docker.io/library/nginx:1.27"
    digest: ${DIGEST}
  - {image: ghcr.io/acme/web:2, digest: ${DIGEST}}
`;
  expect(Object.fromEntries(await entryPlaces(text, 'images.lock.yaml'))).toEqual({
    'docker.io/library/redis:7': { line: 8, column: 12, path: 'spec.images[0].image' },
    'docker.io/library/nginx:1.27': { line: 10, column: 13, path: 'spec.images[1].image' },
    'ghcr.io/acme/web:2': { line: 12, column: 13, path: 'spec.images[2].image' },
  });
});

test.each(['spec: {}\n', 'spec: {images: []}\n', 'spec: {images: [a, {digest: b}]}\n'])(
  '%j has no entry with a name',
  async (text) => expect(await entryPlaces(text, 'images.lock.yaml')).toEqual(new Map()),
);
