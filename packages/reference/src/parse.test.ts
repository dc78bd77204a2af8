import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BadReference, formatReference, type ImageReference, parseReference } from './index.ts';

interface Parts {
  readonly domain?: string;
  readonly path?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly error?: string;
}
interface UpstreamRow {
  readonly test: string;
  readonly input: string;
  readonly normalized: Parts;
}
interface Decisions {
  readonly accepted: readonly (readonly [string, string])[];
  readonly refused: readonly (readonly [string, string, number, string])[];
}

const upstream: readonly UpstreamRow[] = readJson('upstream.json');
const decisions: Decisions = readJson('decisions.json');

/** Upstream's words for what is wrong, and ours, which say more. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  format: [
    'empty',
    'bad-domain',
    'bad-path',
    'bad-tag',
    'bad-digest',
    'bad-digest-length',
    'uppercase',
  ],
  uppercase: ['uppercase', 'bad-domain'],
  'name too long': ['path-too-long'],
  'image id': ['image-id'],
  'digest length': ['bad-digest-length'],
  'digest unsupported': ['unsupported-digest'],
};

describe('every row of the upstream tables reads as upstream reads it', () => {
  test.each(upstream.filter((row) => !row.normalized.error && row.normalized.domain))(
    '$test: $input',
    ({ input, normalized }) => {
      expect(parseReference(input)).toEqual({ ...normalized, text: input });
    },
  );

  test.each(upstream.filter((row) => row.normalized.error))(
    '$test: $input is refused',
    ({ input, normalized }) => {
      expect(CODES[normalized.error ?? '']).toContain(refusal(input).code);
    },
  );

  test('no row is left out', () => {
    expect(upstream.filter((row) => !row.normalized.error && !row.normalized.domain)).toEqual([]);
    expect(upstream.length).toBe(368);
  });
});

describe('what other parsers get wrong', () => {
  test.each(decisions.accepted)('%j is %j', (input, canonical) => {
    expect(formatReference(parseReference(input))).toBe(canonical);
  });

  test.each(decisions.refused)(
    '%j is refused as %s at column %i: %s',
    (input, code, column, reason) => {
      const error = refusal(input);
      expect({ code: error.code, column: error.column }).toEqual({ code, column });
      expect(error.message).toContain(reason);
      expect(error.input).toBe(input);
    },
  );
});

describe('limits', () => {
  test('a path has at most 255 characters, the added library/ counted and the domain not', () => {
    const host = `${'a'.repeat(200)}.io`;
    expect(parseReference(`${host}/${'b'.repeat(255)}`).path).toHaveLength(255);
    expect(parseReference('b'.repeat(247)).path).toHaveLength(255);
    expect(refusal(`${host}/${'b'.repeat(256)}`)).toMatchObject({ code: 'path-too-long' });
    expect(refusal('b'.repeat(248))).toMatchObject({ code: 'path-too-long', column: 248 });
  });

  test('a tag has at most 128 characters', () => {
    expect(parseReference(`a:${'t'.repeat(128)}`).tag).toHaveLength(128);
    const error = refusal(`a:${'t'.repeat(129)}`);
    expect(error).toMatchObject({ code: 'bad-tag', column: 131 });
    expect(error.message).toContain('129 characters, 128 are allowed');
  });

  test('a sha512 and a sha384 digest are read', () => {
    expect(parseReference(`a@sha512:${'0'.repeat(128)}`).digest).toHaveLength(135);
    expect(parseReference(`a@sha384:${'0'.repeat(96)}`).digest).toHaveLength(103);
  });
});

describe('hostile text', () => {
  const hostile: readonly string[] = [
    'a-'.repeat(25_000),
    'a/'.repeat(25_000),
    'a__'.repeat(17_000),
    `A${'-'.repeat(50_000)}`,
    'f'.repeat(50_000),
    `a:${'1'.repeat(50_000)}`,
    `a@sha256:${'f'.repeat(50_000)}`,
    `[${':'.repeat(50_000)}`,
    `${'a.'.repeat(25_000)}/x`,
  ];

  test.each(hostile)('more than 4096 characters are refused without a look (%#)', (text) => {
    const counted = countReads(text);
    expect(() => parseReference(counted.text)).toThrow(BadReference);
    expect(counted.reads()).toBe(0);
  });

  test.each(hostile)('no character is looked at more than a few times (%#)', (text) => {
    const counted = countReads(text.slice(0, 4096));
    expect(() => parseReference(counted.text)).toThrow(BadReference);
    expect(counted.reads()).toBeLessThanOrEqual(6 * 4096);
  });

  test('a message stays short, on one line, and shows no password of a URL', () => {
    const long = refusal(`${'x'.repeat(4000)} `);
    expect(long.message.length).toBeLessThan(300);
    expect(refusal('a\n\u001b[2Jb').message).not.toMatch(/\p{Cc}/u);
    const secret = refusal('https://me:s3cret@reg.io/app');
    expect(secret.message).toContain('https://***@reg.io/app');
    expect(secret.message).not.toContain('s3cret');
    const bare = refusal('me:s3cret@reg.io/app');
    expect(bare.message).toBe(
      'invalid image reference "***@reg.io/app": a registry host has no user',
    );
  });
});

/** A text that counts how many of its characters are asked for one by one. */
function countReads(text: string): { readonly text: string; reads(): number } {
  let reads = 0;
  const counted = {
    length: text.length,
    charCodeAt: (at: number): number => {
      reads += 1;
      return text.charCodeAt(at);
    },
    codePointAt: (at: number): number | undefined => text.codePointAt(at),
    indexOf: (part: string, from?: number): number => text.indexOf(part, from),
    slice: (from: number, to?: number): string => text.slice(from, to),
    startsWith: (part: string, from?: number): boolean => text.startsWith(part, from),
  };
  return { text: counted as unknown as string, reads: () => reads };
}

function refusal(input: string): BadReference {
  try {
    const read: ImageReference = parseReference(input);
    throw new Error(`read as ${formatReference(read)}`);
  } catch (error) {
    if (error instanceof BadReference) return error;
    throw error;
  }
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8')) as T;
}
