import { asObject, type JsonObject } from '../json.ts';

/** The table in a TOML text; the error names the file and the line, and shows nothing of it. */
export async function readToml(text: string, file: string): Promise<JsonObject> {
  const { parse } = await import('smol-toml');
  try {
    return asObject(parse(text)) ?? {};
  } catch (cause) {
    const line = (cause as { readonly line?: number }).line;
    throw new Error(`${file}${line === undefined ? '' : `:${line}`} is not TOML`);
  }
}
