import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RegistryError } from '../registry-error.ts';
import { dockerList, dockerManifest, ociIndex, ociManifest } from './media-types.ts';
import { type ParsedManifest, parseManifest } from './parse-manifest.ts';

const origin = { host: 'registry.example', step: 'resolve' } as const;
const digest = `sha256:${'ab'.repeat(32)}`;

function parse(body: unknown, contentType?: string): ParsedManifest {
  return parseManifest(Buffer.from(JSON.stringify(body)), contentType, origin);
}

function code(body: unknown, contentType?: string): string {
  try {
    return parse(body, contentType).mediaType;
  } catch (error) {
    return error instanceof RegistryError ? error.code : 'crash';
  }
}

describe('the media type', () => {
  test('comes from the header without its parameters, or from the body, or from the fields', () => {
    const image = { config: { digest, size: 1 }, layers: [] };
    expect(code(image, `${ociManifest.toUpperCase()}; charset=utf-8`)).toBe(ociManifest);
    expect(code({ ...image, mediaType: dockerManifest }, 'application/octet-stream')).toBe(
      dockerManifest,
    );
    expect(code({ mediaType: dockerList, manifests: [] }, 'text/plain')).toBe(dockerList);
    expect(code(image)).toBe(ociManifest);
    expect(code({ manifests: [] })).toBe(ociIndex);
  });

  test.each([
    ['that the header contradicts', { mediaType: ociManifest, layers: [] }, ociIndex],
    [
      'with an index and layers in it',
      { mediaType: ociIndex, manifests: [], layers: [] },
      ociIndex,
    ],
    ['with an index and a configuration in it', { manifests: [], config: {} }, ociManifest],
    ['with a configuration in an index', { manifests: [], config: {} }, ociIndex],
    ['of an index on an image', { mediaType: ociIndex, layers: [] }, undefined],
    ['of nothing that is known', { mediaType: 'application/vnd.example+json' }, 'text/html'],
  ])('of a body %s is refused', (_, body, contentType) => {
    expect(code(body, contentType)).toBe('UNSUPPORTED_MEDIA');
  });

  test('of schema 1 is named in each of its forms', () => {
    const v1 = 'application/vnd.docker.distribution.manifest.v1+json';
    for (const [body, contentType] of [
      [{ schemaVersion: 1 }, undefined],
      [{ schemaVersion: 2, layers: [] }, v1],
      [{ mediaType: v1 }, ociManifest],
    ] as const) {
      expect(code(body, contentType)).toBe('UNSUPPORTED_SCHEMA1');
    }
  });

  test('of what is no JSON object is a protocol fault', () => {
    for (const body of [[], null, 'x', 7]) expect(code(body)).toBe('PROTOCOL');
    expect(() => parseManifest(Buffer.from('<html>'), ociIndex, origin)).toThrow('not a manifest');
    expect(() => parseManifest(Buffer.from([0x7b, 0xff, 0x7d]), ociIndex, origin)).toThrow();
  });
});

describe('descriptors', () => {
  test('with a digest or a size that cannot be are left out', () => {
    const good = { mediaType: ociManifest, digest, size: 7 };
    const bad = [
      { ...good, digest: 'sha256:../../etc/passwd' },
      { ...good, digest: digest.toUpperCase() },
      { ...good, digest: `sha1:${'a'.repeat(40)}` },
      { ...good, digest: `${digest}/../../other` },
      { ...good, size: 2 ** 62 },
      { ...good, size: -1 },
      { ...good, size: 1.5 },
      { ...good, size: '7' },
      'text',
      null,
    ];
    expect(parse({ manifests: [...bad, good] }).manifests.map((entry) => entry.digest)).toEqual([
      digest,
    ]);
  });
});

test('no bytes crash it, and what it returns is sound', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(digest, ociIndex, ociManifest, 1, 2, null, true, ''),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'manifests',
          'layers',
          'config',
          'mediaType',
          'digest',
          'size',
          'platform',
          'annotations',
          'subject',
          'schemaVersion',
          '__proto__',
        ),
        tie('node'),
        { maxKeys: 5 },
      ),
    ),
  })).node;
  fc.assert(
    fc.property(
      value,
      fc.constantFrom(undefined, ociIndex, ociManifest, 'text/plain'),
      (body, type) => {
        expect(code(body, type)).not.toBe('crash');
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(() => parseManifest(bytes, ociIndex, origin)).toThrow(RegistryError);
    }),
  );
});
