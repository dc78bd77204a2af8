import { readdirSync, readFileSync } from 'node:fs';
import {
  FINDING_CODES,
  type Finding,
  type FindingCode,
  type LockChange,
  type PinnedImage,
} from '@pindrift/pin';
import type { ScannedImage, ScanReport } from '@pindrift/scan';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkDocument,
  findDocument,
  formatJson,
  type JsonDocument,
  jsonDocument,
  lockDocument,
  pinDocument,
  type ResolvedImage,
  renderDocument,
  resolveDocument,
  scanDocument,
} from './index.ts';

const schemas = Object.fromEntries(
  readdirSync(new URL('../schemas', import.meta.url)).map((file) => [
    file.replace('.schema.json', ''),
    JSON.parse(readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8')),
  ]),
);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
for (const schema of Object.values(schemas)) ajv.addSchema(schema);

const CODES = Object.keys(FINDING_CODES) as FindingCode[];

const digest = fc.constantFrom(`sha256:${'a'.repeat(64)}`, `sha512:${'0'.repeat(128)}`);
const text = fc.string({ unit: 'binary', maxLength: 20 });
const place = {
  file: text,
  document: fc.nat(),
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  path: text,
  line: fc.integer({ min: 1 }),
  column: fc.integer({ min: 1 }),
  text,
  reference: fc.option(text, { nil: undefined }),
};
const anyImage: fc.Arbitrary<PinnedImage> = fc.record({
  ...place,
  start: fc.nat(),
  end: fc.nat(),
  finder: text,
  confidence: fc.constantFrom('high', 'medium', 'low'),
  digest: fc.option(digest, { nil: undefined }),
  outcome: fc.constantFrom('pinned', 'moved', 'already', 'ignored', 'kept'),
});
const anyFinding = fc.record(
  {
    ...place,
    message: text,
    help: text,
    expected: digest,
    code: fc.constantFrom(...CODES),
    severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
  },
  {
    requiredKeys: [
      ...(Object.keys(place) as (keyof typeof place)[]),
      'message',
      'help',
      'code',
      'severity',
    ],
  },
) as fc.Arbitrary<Finding>;
const anyChange = fc.record(
  {
    change: fc.constantFrom('added', 'updated', 'removed', 'unchanged', 'kept'),
    image: text,
    from: digest,
    to: digest,
  },
  { requiredKeys: ['change', 'image'] },
) as fc.Arbitrary<LockChange>;
const anyResolved = fc.record(
  {
    text,
    reference: text,
    platform: text,
    digest: fc.option(digest, { nil: undefined }),
    mediaType: text,
    size: fc.nat(),
    verified: fc.boolean(),
  },
  { requiredKeys: ['text', 'reference', 'digest'] },
) as fc.Arbitrary<ResolvedImage>;

const findings = fc.array(anyFinding, { maxLength: 4 });
const images = fc.array(anyImage, { maxLength: 4 });
/** Who only looks moves nothing. */
const looked = images.map((all) => all.filter(({ outcome }) => outcome !== 'moved'));
const STATES = ['current', 'settling', 'behind', 'unpinned', 'gone', 'unknown', 'ignored'] as const;
const anyScanned = fc
  .record({
    image: anyImage,
    state: fc.constantFrom(...STATES),
    digest: fc.option(digest, { nil: undefined }),
    current: fc.option(digest, { nil: undefined }),
    mediaType: fc.option(text, { nil: undefined }),
    since: fc.option(fc.nat(), { nil: undefined }),
  })
  .map(
    ({ image: { outcome: _, ...image }, ...scanned }): ScannedImage => ({ ...image, ...scanned }),
  );
const scanReports: fc.Arbitrary<ScanReport> = fc
  .record({ scanned: fc.array(anyScanned, { maxLength: 4 }), findings, files: fc.nat() })
  .map(({ scanned, findings, files }) => ({
    images: scanned,
    findings,
    summary: {
      files,
      images: scanned.length,
      entries: 0,
      states: Object.fromEntries(
        STATES.map((one) => [one, scanned.filter(({ state }) => state === one).length]),
      ) as ScanReport['summary']['states'],
      asked: { tags: 1, digests: 2 },
      left: { files: 0, questions: 3 },
      severities: { error: 0, warning: 1, info: 2 },
      codes: { stale: 1 },
    },
  }));
const documents: Readonly<Record<string, fc.Arbitrary<JsonDocument>>> = {
  find: fc.record({ images, findings }).map(findDocument),
  check: fc.record({ images: looked, findings }).map(checkDocument),
  pin: fc.record({ images, findings }).map(pinDocument),
  render: fc
    .record({ images, findings, error: text })
    .map(({ error, ...result }) => renderDocument(result, error)),
  lock: fc.record({ changes: fc.array(anyChange, { maxLength: 4 }), findings }).map(lockDocument),
  scan: scanReports.map(scanDocument),
  resolve: fc
    .record({ images: fc.array(anyResolved, { maxLength: 4 }), findings })
    .map(resolveDocument),
};

describe.each(Object.keys(documents))('the document of %s', (name) => {
  const schema = schemas[name];

  test('is what its schema says, whatever it holds', () => {
    const validate = ajv.getSchema(schema.$id);
    fc.assert(
      fc.property(documents[name]!, (document) => {
        const read = JSON.parse(formatJson(document));
        expect(validate?.(read), JSON.stringify(validate?.errors)).toBe(true);
      }),
    );
  });

  test('has its keys in the order of its schema, in every row', () => {
    fc.assert(
      fc.property(documents[name]!, (document) => {
        const read = JSON.parse(formatJson(document));
        expect(Object.keys(read)).toEqual(Object.keys(schema.properties));
        for (const [section, { items, $ref }] of Object.entries<Section>(schema.properties)) {
          const definition = schema.$defs[(items?.$ref ?? $ref ?? '').split('/').at(-1) ?? ''];
          for (const row of definition ? [read[section]].flat() : []) {
            expect(Object.keys(row)).toEqual(Object.keys(definition.properties));
          }
        }
      }),
    );
  });

  test('names the schema that describes it', () => {
    const [document] = fc.sample(documents[name]!, 1);
    expect(document?.$schema).toBe(schema.$id);
    expect(schema.$id).toBe(`https://pindrift.dev/schemas/${name}.v1.json`);
  });
});

interface Section {
  readonly items?: { readonly $ref: string };
  readonly $ref?: string;
}

describe('the schemas', () => {
  test('are one per document', () => {
    expect(Object.keys(schemas).sort()).toEqual(Object.keys(documents).sort());
  });

  test('leave no object open and describe a finding alike', () => {
    for (const schema of Object.values(schemas)) {
      const objects = [schema, ...Object.values<Record<string, unknown>>(schema.$defs)];
      for (const one of objects) expect(one).toMatchObject({ additionalProperties: false });
      expect(schema.$defs.finding).toEqual(schemas.find.$defs.finding);
      expect(schema.$defs.finding.properties.code.enum).toEqual(CODES);
    }
  });

  test.each([
    ['an unknown code', { code: 'fine' }],
    ['an unknown key', { secret: 'x' }],
    ['a half digest', { expected: 'sha256:12' }],
    ['line 0', { line: 0 }],
    ['a missing reference', { reference: undefined }],
  ])('refuse a finding with %s', (_, change) => {
    const [finding] = fc.sample(anyFinding, 1);
    const document = JSON.parse(formatJson(findDocument({ images: [], findings: [finding!] })));
    Object.assign(document.findings[0], change);
    expect(ajv.validate(schemas.find.$id, JSON.parse(JSON.stringify(document)))).toBe(false);
  });
});

describe('the summary', () => {
  test('counts every image once and every finding by severity and code', () => {
    const [image] = fc.sample(anyImage, 1);
    const [finding] = fc.sample(anyFinding, 1);
    const outcomes = ['pinned', 'moved', 'already', 'ignored', 'kept'] as const;
    const document = pinDocument({
      images: outcomes.map((outcome) => ({ ...image!, outcome })),
      findings: [
        { ...finding!, code: 'unpinned', severity: 'error' },
        { ...finding!, code: 'mismatch', severity: 'error' },
        { ...finding!, code: 'unpinned', severity: 'warning' },
      ],
    });
    expect(document.summary).toEqual({
      images: 5,
      pinned: 3,
      mismatched: 0,
      unpinned: 1,
      ignored: 1,
      errors: 2,
      warnings: 1,
      infos: 0,
      codes: { mismatch: 1, unpinned: 2 },
    });
    expect(Object.keys((document.summary as { codes: object }).codes)).toEqual([
      'mismatch',
      'unpinned',
    ]);
  });
});

describe('JSON text', () => {
  test('holds no character that a terminal acts on, and reads back to the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const json = formatJson(jsonDocument('x', { value }));
        expect(json).not.toMatch(/(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
        expect(JSON.parse(json).value).toBe(value);
      }),
    );
    expect(formatJson(jsonDocument('x', { value: '\u009b31m' }))).toContain('"\\u009b31m"');
  });

  test('is indented and ends with a line feed', () => {
    expect(formatJson(jsonDocument('x', { a: [1] }))).toBe(
      '{\n  "$schema": "https://pindrift.dev/schemas/x.v1.json",\n  "a": [\n    1\n  ]\n}\n',
    );
  });
});
