import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { formatLock } from '../lock/format-lock.ts';
import { readSimpleYaml } from './read-simple-yaml.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const LOCK = formatLock({
  settings: { mode: 'locked', onMissing: 'keep' },
  ignore: [{ pattern: 'ghcr.io/acme/**', reason: "it's ours: really", expires: '2026-12-31' }],
  fields: [
    { group: '', kind: 'Widget', split: { repository: 'spec.image.name', tag: 'spec.tag' } },
  ],
  images: [
    { image: 'docker.io/library/nginx:1.27', digest: DIGEST, platforms: ['linux/amd64', 'a:b'] },
    { image: 'ghcr.io/acme/web:latest', digest: DIGEST, mediaType: 'application/x+json' },
  ],
});

/** The value by the full reader; undefined where that reads no single valid document. */
function fully(text: string): { value: unknown } | undefined {
  try {
    const documents = parseAllDocuments(text);
    const list = Array.isArray(documents) ? documents : [];
    if (list.length !== 1 || (list[0]?.errors.length ?? 1) > 0) return undefined;
    return { value: list[0]?.toJS() };
  } catch {
    return undefined;
  }
}

test('a lock as it is written needs no YAML library', () => {
  expect(readSimpleYaml(LOCK)).toEqual(fully(LOCK)?.value);
});

test.each([
  ['a functionConfig', `functionConfig:\n${LOCK.replace(/^/gm, '  ').trimEnd()}\n`],
  ['CRLF', LOCK.replaceAll('\n', '\r\n')],
  ['a document mark and comments', `# a\n---\n# b\na: 1 # c\n\nb:\n# d\n- x # e\n- 'y''s'\n`],
  ['a literal block with blank lines', 'a: |\n\n  b\n\n    c\n   # d\n\ne: |-\n  f\n\n\ng:\n'],
  ['nothing behind a key', 'a:\nb:\n  c:\nd: {}\ne: []\n'],
  ['an indented sequence', 'a:\n  - b: 1\n    c: [x, "y:z", \'w\']\n  -\n    d: true\n  - e\n'],
])('%s is read like the full reader reads it', (_, text) => {
  const value = readSimpleYaml(text);
  expect(value).toBeDefined();
  expect(value).toEqual(fully(text)?.value);
});

test.each([
  ['an anchor', 'a: &x 1\n'],
  ['an alias', 'a: *x\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a merge key', '<<: {a: 1}\n'],
  ['a multi-line scalar', 'a: b\n  c\n'],
  ['a folded block', 'a: >\n  b\n'],
  ['an octal number', 'a: 0644\n'],
  ['a float', 'a: 1.10\n'],
  ['a duplicate key', 'a: 1\na: 2\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a tab', 'a:\n\t- b\n'],
  ['flow mappings', 'a: {b: 1}\n'],
  ['a prototype', '__proto__: {}\n'],
  ['a byte order mark', '\ufeffa: 1\n'],
])('%s is left to the full reader', (_, text) => {
  expect(readSimpleYaml(text)).toBeUndefined();
});

test('whatever it reads, the full reader reads the same', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b:',
      'c: ',
      '- ',
      '-',
      '  ',
      ' ',
      '\n',
      '\n  ',
      '\n- ',
      '\n    ',
      '|',
      '|-',
      '"',
      "'",
    ],
    ...[
      '[',
      ']',
      ', ',
      '#',
      ' # x',
      '{}',
      '1',
      '1.0',
      'null',
      'true',
      '~',
      ':',
      '\r\n',
      '\\n',
      '/',
    ],
    ...[
      'a: b\n',
      '- a: b\n  c: d\n',
      'x: |\n  y\n\n',
      '---\n',
      '?',
      '&a',
      '*a',
      '!',
      '%',
      '\t',
      '…',
    ],
  );
  const soup = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
  const mutant = fc
    .tuple(fc.nat(LOCK.length), fc.nat(3), piece)
    .map(([at, cut, text]) => LOCK.slice(0, at) + text + LOCK.slice(at + cut));
  const property = fc.property(fc.oneof(soup, mutant), (text) => {
    const value = readSimpleYaml(text);
    if (value !== undefined) expect({ value }).toEqual(fully(text));
  });
  fc.assert(property, { numRuns: Number(process.env.FUZZ_RUNS ?? 3000) });
});
