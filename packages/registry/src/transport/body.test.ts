import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BodyTooLarge, BodyTooSlow, BodyUnreadable, decodeBody, readBody } from './body.ts';

const limits = { bytes: 10, ms: 1000 };

function stream(...chunks: string[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk))).on('error', () => undefined);
}

describe('a body', () => {
  test('is collected up to its limit', async () => {
    expect(
      Buffer.from(await readBody(stream('12345', '67890'), undefined, limits)).toString(),
    ).toBe('1234567890');
    expect(await readBody(stream(), '0', limits)).toHaveLength(0);
    expect(await readBody(stream('ok'), 'not a number', limits)).toHaveLength(2);
  });

  test('beyond it is given up, by its own word or by what arrives, and closed', async () => {
    for (const [source, declared] of [
      [stream('x'), '11'],
      [stream('x'), String(2 ** 62)],
      [stream('123456', '123456'), undefined],
      [stream('123456', '123456'), '3'],
    ] as const) {
      await expect(readBody(source, declared, limits)).rejects.toThrow(BodyTooLarge);
      expect(source.destroyed).toBe(true);
    }
  });

  test('that never ends is given up in time', async () => {
    const source = new Readable({ read: () => undefined }).on('error', () => undefined);
    await expect(readBody(source, undefined, { bytes: 10, ms: 5 })).rejects.toThrow(BodyTooSlow);
  });
});

describe('an encoding', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('%s is undone within the limit', (name, encode) => {
    const text = Buffer.alloc(1000, 'a');
    expect(Buffer.from(decodeBody(encode(text), name, 1000)).equals(text)).toBe(true);
    expect(() => decodeBody(encode(text), name, 999)).toThrow(BodyTooLarge);
    expect(() => decodeBody(Buffer.from('broken'), name, 999)).toThrow(BodyUnreadable);
  });

  test('that is none is none, and one that is not known is an error', () => {
    const text = Buffer.from('text');
    for (const name of [undefined, '', 'identity', ' Identity ']) {
      expect(decodeBody(text, name, 10)).toEqual(text);
    }
    expect(() => decodeBody(text, 'zstd', 10)).toThrow(BodyUnreadable);
    expect(() => decodeBody(text, 'constructor', 10)).toThrow(BodyUnreadable);
  });
});
