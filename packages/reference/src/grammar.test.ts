import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BadReference,
  familiarName,
  formatReference,
  type ImageReference,
  isDigest,
  parseReference,
  withDigest,
} from './index.ts';

// A second reader of the same grammar, made of the regular expressions of distribution/reference
// v0.6.0 as they stand in regexp.go. It shares nothing with the scanner.
const alphanumeric = '[a-z0-9]+';
const separator = '(?:[._]|__|[-]+)';
const domainNameComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const tagPattern = '[\\w][\\w.-]{0,127}';
const digestPattern = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*[:][0-9A-Fa-f]{32,}';
const domainName = `${domainNameComponent}(?:\\.${domainNameComponent})*`;
const domainAndPort = `(?:${domainName}|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const pathComponent = `${alphanumeric}(?:${separator}${alphanumeric})*`;
const remoteName = `${pathComponent}(?:/${pathComponent})*`;
const namePattern = `(?:${domainAndPort}/)?${remoteName}`;
const domainRegExp = new RegExp(`^${domainAndPort}$`);
const anchoredName = new RegExp(`^(?:(${domainAndPort})/)?(${remoteName})$`);
const referenceRegExp = new RegExp(
  `^(${namePattern})(?::(${tagPattern}))?(?:@(${digestPattern}))?$`,
);

type Parts = Omit<ImageReference, 'text'>;
type Row = {
  test: string;
  input: string;
  isDomain: boolean;
  grammar: Partial<Parts> & { error?: string };
};

const upstream: readonly Row[] = JSON.parse(
  readFileSync(new URL('../testdata/upstream.json', import.meta.url), 'utf8'),
);

describe('the second reader agrees with the upstream tables', () => {
  test.each(upstream)('$test: $input', ({ input, isDomain, grammar }) => {
    expect(domainRegExp.test(input)).toBe(isDomain);
    const { error, ...parts } = grammar;
    const expected = error === undefined ? { domain: '', ...parts } : undefined;
    expect(readGrammar(input)).toEqual(expected);
  });
});

describe('the scanner and the regular expressions read the same', () => {
  test('for texts made of the grammar’s own pieces', () => {
    fc.assert(
      fc.property(nearReference(), (text) => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what is read is written back', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

  test('the canonical form reads back to the same parts', () => {
    everyReference((reference) => {
      const again = parseReference(formatReference(reference));
      expect({ ...again, text: '' }).toEqual({ ...reference, text: '' });
    });
  });

  test('the familiar name reads back to the same repository and is never longer', () => {
    everyReference((reference) => {
      const name = familiarName(reference);
      const { domain, path, tag } = parseReference(name);
      expect({ domain, path, tag }).toEqual({ ...pick(reference), tag: undefined });
      expect(name.length).toBeLessThanOrEqual(`${domain}/${path}`.length);
    });
  });

  test('a digest changes the digest and nothing else', () => {
    everyReference((reference) => {
      const text = withDigest(reference, digest);
      const again = parseReference(text);
      expect(again).toEqual({ ...reference, digest, text });
      expect(withDigest(text, digest)).toBe(text);
      expect(text.startsWith(reference.text.split('@')[0] ?? '')).toBe(true);
    });
  });

  test('a digest is one where a reference with it reads', () => {
    fc.assert(
      fc.property(nearDigest(), (text) => {
        expect(isDigest(text)).toBe(ours(`a@${text}`) !== undefined);
      }),
    );
  });
});

function everyReference(check: (reference: ImageReference) => void): void {
  fc.assert(
    fc.property(nearReference(), (text) => {
      fc.pre(ours(text) !== undefined);
      check(parseReference(text));
    }),
    { numRuns: 2_000, maxSkipsPerRun: 1_000 },
  );
}

function pick({ domain, path }: ImageReference): { domain: string; path: string } {
  return { domain, path };
}

/** Texts that are references more often than not, or wrong in one place. */
function nearReference(): fc.Arbitrary<string> {
  const hex64 = 'f0'.repeat(32);
  const host = fc.constantFrom(
    '',
    '',
    'docker.io/',
    'index.docker.io/',
    'localhost/',
    'localhost:5000/',
    'reg.io/',
    'Foo/',
    'a-b.c:1/',
    '[::1]:5000/',
    '[]/',
    'reg_1.io/',
    'a..b/',
    '-a.b/',
    'a-.b/',
    'reg.io:/',
    'a:b/',
    '/',
    'https://',
    'registry-1.docker.io/',
    '[:]/',
    '10.0.0.256:0/',
    'a.b/',
  );
  const component = fc.constantFrom(
    'a',
    'nginx',
    'library',
    'a.b',
    'a_b',
    'a__b',
    'a--b',
    'a___b',
    'a._b',
    '',
    '-',
    'A',
    'x0',
    '..',
    'localhost',
    'docker.io',
    hex64,
    'ü',
    ' ',
    'a'.repeat(240),
    '_a',
    'a-',
  );
  const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const tag = fc.constantFrom(
    '',
    '',
    '',
    ':1.27',
    ':',
    ':_x',
    ':-x',
    ':A',
    ':a:b',
    `:${'t'.repeat(128)}`,
    `:${'t'.repeat(129)}`,
    ':ü',
    ':1/2',
  );
  const digest = fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    nearDigest().map((text) => `@${text}`),
  );
  return fc.tuple(host, path, tag, digest).map((parts) => parts.join(''));
}

function nearDigest(): fc.Arbitrary<string> {
  const algorithm = fc.constantFrom(
    'sha256',
    'sha384',
    'sha512',
    'SHA256',
    'md5',
    'blake3',
    'a+b',
    '',
    'x',
    '__proto__',
  );
  const hex = fc
    .constantFrom('', 'f', 'F', 'g', 'f'.repeat(31))
    .chain((extra) =>
      fc.constantFrom(0, 32, 64, 96, 128).map((length) => 'a'.repeat(length) + extra),
    );
  return fc.oneof(
    fc.constantFrom('', 'latest', ':', '@'),
    fc.tuple(algorithm, hex).map((parts) => parts.join(':')),
  );
}

function ours(text: string): Parts | undefined {
  try {
    const { text: _, ...parts } = parseReference(text);
    return parts;
  } catch (error) {
    if (error instanceof BadReference) return undefined;
    throw error;
  }
}

/** `ParseNormalizedNamed` by the regular expressions, and the one rule that we add. */
function theirs(text: string): Parts | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return undefined;
  const [first, rest] = cut(text);
  const isHost = rest !== undefined && (/[.:A-Z]/.test(first) || first === 'localhost');
  const domain = !isHost || first === 'index.docker.io' ? 'docker.io' : first;
  const remainder = isHost ? rest : text;
  const full =
    domain === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder;
  const parts = readGrammar(`${domain}/${full}`);
  return parts?.domain === '' ? undefined : parts;
}

function cut(text: string): readonly [string, string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

function readGrammar(text: string): Parts | undefined {
  const match = referenceRegExp.exec(text);
  const name = match && anchoredName.exec(match[1] ?? '');
  const [, domain = '', path = ''] = name ?? [];
  if (!match || path.length > 255 || !digestIsValid(match[3])) return undefined;
  const [, , tag, digest] = match;
  return { domain, path, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}

function digestIsValid(digest: string | undefined): boolean {
  return (
    digest === undefined ||
    /^(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/.test(digest)
  );
}
