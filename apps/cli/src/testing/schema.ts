import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const OWN = join(import.meta.dirname, '../../schemas');
const REPORT = join(fileURLToPath(import.meta.resolve('@pindrift/report')), '../../schemas');

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
for (const folder of [OWN, REPORT]) {
  for (const file of readdirSync(folder)) {
    ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  }
}

/** The document in a text, which must be what its `$schema` says. */
export function readDocument(text: string): Readonly<Record<string, unknown>> {
  const document: Readonly<Record<string, unknown>> = JSON.parse(text);
  const validate = ajv.getSchema(String(document.$schema));
  if (validate === undefined) throw new Error(`no schema is published as ${document.$schema}`);
  if (!validate(document)) throw new Error(ajv.errorsText(validate.errors));
  return document;
}
