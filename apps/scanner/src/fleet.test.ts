import { readFileSync } from 'node:fs';
import { FINDING_CODES, PinError } from '@pindrift/pin';
import { temporaryFolder } from '@pindrift/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { readFleet } from './fleet.ts';

const schema = read(new URL('../schemas/fleet.schema.json', import.meta.url));
const config = read(new URL('../schemas/config.schema.json', import.meta.resolve('@pindrift/pin')));
const validate = new Ajv2020({ strict: true, formats: { date: true } }).compile(schema);

const RULE = { pattern: 'docker.io/library/busybox:*', reason: 'a debugging aid' };

describe('the schema of fleet.yaml takes and refuses what the scanner does:', () => {
  test.each([
    [true, {}],
    [true, { sources: ['a', '../b'], store: 'none', settle: '3d', retention: ['ghcr.io/acme/**'] }],
    [true, { failOn: ['error', 'stale'], ignore: [{ ...RULE, expires: '2027-01-31' }] }],
    [true, { fields: [{ group: 'example.com', kind: 'App', path: 'spec.image' }] }],
    [
      true,
      { registries: { 'localhost:5000': { plainHttp: true, credentials: { tokenEnv: 'T' } } } },
    ],
    [
      true,
      { registriesConf: 'r.conf', hostsDirectory: 'd', pullSecrets: ['s'], ambientAuth: true },
    ],
    [false, { pullSecrets: 's' }],
    [false, { setle: '3d' }],
    [false, { sources: 'a' }],
    [false, { sources: [''] }],
    [false, { settle: '3 days' }],
    [false, { settle: 3 }],
    [false, { store: '' }],
    [false, { failOn: ['stael'] }],
    [false, { ignore: [{ pattern: 'x' }] }],
    [false, { retention: [1] }],
    [false, { registries: { 'https://ghcr.io': {} } }],
  ])('%j: %j', async (valid, fleet) => {
    await using folder = await temporaryFolder();
    await folder.write('fleet.yaml', JSON.stringify(fleet));
    const outcome = await readFleet('fleet.yaml', folder.path).catch((error: unknown) => error);
    expect(outcome instanceof PinError).toBe(!valid);
    expect(validate(fleet)).toBe(valid);
  });
});

test('the schema says of ignores, fields and registries what that of pindrift.yaml says', () => {
  for (const key of ['ignore', 'fields', ...REGISTRY_KEYS]) {
    expect(schema.properties[key]).toEqual(config.properties[key]);
  }
  for (const [name, definition] of Object.entries(schema.$defs)) {
    expect(definition).toEqual(config.$defs[name]);
  }
  expect(schema.properties.failOn?.items.enum.slice(4)).toEqual(Object.keys(FINDING_CODES));
});

const REGISTRY_KEYS = [
  'registries',
  'registriesConf',
  'hostsDirectory',
  'pullSecrets',
  'clusterPullSecrets',
  'ambientAuth',
];

interface Schema {
  readonly $defs: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, { readonly items: { readonly enum: string[] } }>>;
}

function read(url: URL): Schema {
  return JSON.parse(readFileSync(url, 'utf8'));
}
