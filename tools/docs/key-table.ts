/** A JSON Schema, as far as ours go. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** A Markdown table of every key that a schema knows, with its type and its description. */
export function keyTable(schema: Schema): string {
  const rows = rowsOf('', schema, schema);
  return ['| key | value | |', '|---|---|---|', ...new Set(rows)].join('\n');
}

function rowsOf(path: string, schema: Schema, root: Schema): string[] {
  const own = schema.$ref === undefined ? schema : follow(schema.$ref, root);
  const { additionalProperties: further } = own;
  return [
    ...Object.entries(own.properties ?? {}).flatMap(([key, value]) =>
      keyRows(`${path}${path === '' ? '' : '.'}${key}`, value, root, own.required?.includes(key)),
    ),
    ...(typeof further === 'object' ? rowsOf(`${path}.*`, further, root) : []),
    ...(own.items === undefined ? [] : rowsOf(`${path}[]`, own.items, root)),
    // Of these one is chosen, so nothing in them has to be there.
    ...(own.oneOf ?? []).flatMap((one) => rowsOf(path, { ...one, required: [] }, root)),
  ];
}

function keyRows(path: string, value: Schema, root: Schema, required = false): string[] {
  if (typeof value !== 'object') return [];
  const own = value.$ref === undefined ? value : follow(value.$ref, root);
  const text = [required ? 'Required.' : '', own.description ?? ''].filter(Boolean).join(' ');
  return [
    `| \`${path}\` | ${typeOf(own)} | ${text.replaceAll('|', '\\|')} |`,
    ...rowsOf(path, own, root),
  ];
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(' or ');
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'mapping';
  if (schema.oneOf !== undefined) return schema.oneOf.map(typeOf).filter(unique).join(' or ');
  return schema.type ?? '';
}

function follow(ref: string, root: Schema): Schema {
  return root.$defs?.[ref.replace('#/$defs/', '')] ?? {};
}

function unique(text: string, at: number, list: readonly string[]): boolean {
  return list.indexOf(text) === at;
}
