import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, workFolder } from '@pindrift/testing/programs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { NGINX, PROGRAM, resourceList } from './testing/fixture.ts';

const SCHEMAS = join(fileURLToPath(import.meta.resolve('@pindrift/report')), '../../schemas');

const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  JSON.parse(readFileSync(join(SCHEMAS, 'render.schema.json'), 'utf8')),
);

const UNREADABLE = Buffer.concat([
  resourceList('nginx:1.27'),
  Buffer.from('- apiVersion: v1\n  kind: Pod\n  spec: {containers: [\n'),
]);

test.each([
  [
    'a success',
    resourceList('nginx:1.27', 'busybox:1.36'),
    {
      code: 0,
      report: {
        images: [{ text: 'nginx:1.27', digest: NGINX, outcome: 'pinned' }, { outcome: 'pinned' }],
        findings: [],
        summary: { images: 2, pinned: 2 },
        error: '',
      },
    },
  ],
  [
    'a refusal',
    resourceList('ghcr.io/acme/api:2.0', 'nginx:1.27'),
    {
      code: 1,
      report: {
        images: [
          { digest: null, outcome: 'kept' },
          { digest: null, outcome: 'kept' },
        ],
        findings: [{ code: 'not-locked', reference: 'ghcr.io/acme/api:2.0' }],
        summary: { images: 2, unpinned: 2, errors: 1 },
        error: '',
      },
    },
  ],
  [
    'a part that cannot be read',
    UNREADABLE,
    { code: 2, report: { findings: [{ code: 'unreadable' }], error: '' } },
  ],
  [
    'an error',
    Buffer.from('apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n'),
    {
      code: 2,
      report: { images: [], findings: [], error: expect.stringContaining('no functionConfig') },
    },
  ],
])('the report of %s is what its schema says', async (_, input, { code, report }) => {
  const file = join(workFolder(), 'report.json');
  const outcome = await run(process.execPath, [PROGRAM, '--report', file], { input });
  const written = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  expect([validate(written), validate.errors]).toEqual([true, null]);
  expect(written).toMatchObject({ $schema: 'https://pindrift.dev/schemas/render.v1.json' });
  expect(written).toMatchObject(report);
  expect(outcome.code).toBe(code);
});
